package io.offloadlab.bench;

import io.offloadlab.bench.sweep.CellResult;
import io.offloadlab.bench.sweep.Sweep;
import io.offloadlab.progress.Bars;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/** How many cells are done and how long the rest will take: a bar, or a line now and then. */
final class SweepProgress implements Sweep.Progress, AutoCloseable {
  private static final double BETWEEN_LINES_SECONDS = 20;

  private final int total;
  private final Consumer<String> lines;
  private final Optional<ProgressBar> bar;
  private final long begun = System.nanoTime();
  private double told;
  private int done;

  SweepProgress(int total, Consumer<String> lines) {
    this.total = total;
    this.lines = lines;
    this.bar = Bars.named("sweep").map(b -> b.setInitialMax(total).setUnit(" cells", 1).build());
  }

  @Override
  public synchronized void done(CellResult result) {
    done++;
    bar.ifPresent(ProgressBar::step);
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (bar.isEmpty() && seconds - told >= BETWEEN_LINES_SECONDS) {
      told = seconds;
      long left = Math.round(seconds / done * (total - done));
      lines.accept(
          String.format(
              Locale.ROOT,
              "%d of %d cells done, about %s left",
              done,
              total,
              inWords(Duration.ofSeconds(left))));
    }
  }

  private static String inWords(Duration left) {
    return left.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %d min", left.toHours(), left.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %d s", left.toMinutesPart(), left.toSecondsPart());
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
