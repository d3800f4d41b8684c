package io.offloadlab.bench.run;

import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.progress.Bars;
import io.offloadlab.progress.Pace;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/** Shows how far the measuring of nodes and links is: a bar, or a line now and then. */
public final class MeasuringProgress implements ProfilingProgress, AutoCloseable {
  private final Optional<ProgressBar> bar =
      Bars.named("measuring nodes").map(b -> b.setUnit(" steps", 1).build());
  private final Pace pace;

  /**
   * @param lines takes the lines where there is no bar
   */
  public MeasuringProgress(Consumer<String> lines) {
    this.pace = new Pace("steps of measuring nodes", lines);
  }

  @Override
  public void step(int done, int total, String next) {
    if (bar.isPresent()) {
      bar.get().maxHint(total).stepTo(done).setExtraMessage(next);
    } else if (done > 0) {
      pace.at(done, total);
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
