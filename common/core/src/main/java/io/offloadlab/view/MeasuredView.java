package io.offloadlab.view;

import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import java.util.Optional;

/**
 * A view and what it was measured under.
 *
 * @param view what was measured
 * @param under what was emulated meanwhile; empty for files that do not say
 */
public record MeasuredView(SystemView view, Optional<Emulation> under) {
  /** Above what any emulated link is said to carry: bytes per second. */
  private static final double UNSHAPED_RATE = 50e6;

  /** A view of which it is known. */
  public MeasuredView(SystemView view, Emulation under) {
    this(view, Optional.of(under));
  }

  /**
   * Whether its links are too fast to have been emulated, so that a file that does not say what it
   * was measured under was measured on links as they are.
   */
  boolean isOnFastLinks() {
    return view.links().stream()
        .mapToDouble((LinkView l) -> Math.min(l.upBytesPerSecond(), l.downBytesPerSecond()))
        .allMatch(rate -> rate > UNSHAPED_RATE);
  }
}
