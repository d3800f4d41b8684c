package io.offloadlab.bench;

import io.offloadlab.bench.sweep.CellResult;
import io.offloadlab.bench.sweep.Sweep;
import io.offloadlab.progress.Bars;
import io.offloadlab.progress.Pace;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/** How many cells are done and how long the rest will take: a bar, or a line now and then. */
final class SweepProgress implements Sweep.Progress, AutoCloseable {
  private final int total;
  private final Optional<ProgressBar> bar;
  private final Pace pace;
  private int done;

  SweepProgress(int total, Consumer<String> lines) {
    this.total = total;
    this.bar = Bars.named("sweep").map(b -> b.setInitialMax(total).setUnit(" cells", 1).build());
    this.pace = new Pace("cells", lines);
  }

  @Override
  public synchronized void done(CellResult result) {
    done++;
    if (bar.isPresent()) {
      bar.get().step();
    } else {
      pace.at(done, total);
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
