package io.offloadlab.bench.run;

import io.offloadlab.progress.Bars;
import io.offloadlab.progress.Pace;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/** Shows how many tasks of a run are done: a bar, or a line now and then. */
public final class RunProgress implements Comparison.Progress, AutoCloseable {
  private final long tasks;
  private final Optional<ProgressBar> bar;
  private final Pace pace;
  private final AtomicLong done = new AtomicLong();

  /**
   * @param tasks number of tasks of all entrants together
   * @param lines takes the lines where there is no bar
   */
  public RunProgress(long tasks, Consumer<String> lines) {
    this.tasks = tasks;
    this.bar = Bars.named("running").map(b -> b.setInitialMax(tasks).setUnit(" tasks", 1).build());
    this.pace = new Pace("tasks", lines);
  }

  @Override
  public void finished(Entrant entrant) {
    long now = done.incrementAndGet();
    if (bar.isPresent()) {
      bar.get().setExtraMessage(entrant.name()).step();
    } else {
      pace.at(now, tasks);
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
