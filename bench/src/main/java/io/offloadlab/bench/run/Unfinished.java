package io.offloadlab.bench.run;

import io.offloadlab.bench.report.StrategyResult;
import java.util.List;
import java.util.Locale;

/** A run that failed after some of its tasks: what was done, and why no more. */
public final class Unfinished extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<StrategyResult> done;

  /**
   * @param done of the entrants that have at least one record; not empty
   * @param cause why there is no more
   */
  public Unfinished(List<StrategyResult> done, RuntimeException cause) {
    super(cause.getMessage(), cause);
    this.done = List.copyOf(done);
  }

  /** A result per entrant that has a record. */
  public List<StrategyResult> done() {
    return done;
  }

  /** Why there is no more. */
  public RuntimeException reason() {
    return (RuntimeException) getCause();
  }

  /** What a reader must know of a result that ends early. */
  static String remark(String strategy, int done, int wanted) {
    return String.format(
        Locale.ROOT, "%s: the run ended early, after %d of %d tasks", strategy, done, wanted);
  }
}
