package io.offloadlab.bench.run;

import io.offloadlab.progress.Bars;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** Shows how many tasks of a run are done. */
public final class RunProgress implements Comparison.Progress, AutoCloseable {
  private final Optional<ProgressBar> bar;

  /**
   * @param tasks number of tasks of all entrants together
   */
  public RunProgress(long tasks) {
    this.bar = Bars.named("running").map(b -> b.setInitialMax(tasks).setUnit(" tasks", 1).build());
  }

  @Override
  public void finished(Entrant entrant) {
    bar.ifPresent(b -> b.setExtraMessage(entrant.name()).step());
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
