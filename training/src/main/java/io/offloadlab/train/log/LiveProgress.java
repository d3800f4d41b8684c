package io.offloadlab.train.log;

import io.offloadlab.progress.Bars;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import me.tongfei.progressbar.ProgressBar;

/** A bar per epoch while somebody watches, and a line per epoch in any case. */
public final class LiveProgress implements TrainingListener, AutoCloseable {
  private final PrintStream out;
  private ProgressBar bar;

  /**
   * Shows nothing yet.
   *
   * @param out takes the lines
   */
  public LiveProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void epochBegins(int epoch, int epochs, int images, int done) {
    bar =
        Bars.named(String.format(Locale.ROOT, "epoch %d/%d", epoch, epochs))
            .map(
                b ->
                    b.setInitialMax(images)
                        .setUnit(" images", 1)
                        .showSpeed()
                        .startsFrom(done, Duration.ZERO)
                        .build())
            .orElse(null);
  }

  @Override
  public void batchDone(int images, String figures) {
    if (bar != null) {
      bar.setExtraMessage(figures).stepBy(images);
    }
  }

  @Override
  public void epochDone(EpochReport r) {
    close();
    StringJoiner line = new StringJoiner("  ");
    line.add(String.format(Locale.ROOT, "epoch %d/%d", r.epoch(), r.epochs()));
    for (Map.Entry<String, Double> f : r.figures().entrySet()) {
      line.add(f.getKey() + " " + number(f.getValue()));
    }
    double left = r.seconds() * (r.epochs() - r.epoch());
    line.add(String.format(Locale.ROOT, "%.1f s", r.seconds()));
    if (left > 0) {
      line.add(String.format(Locale.ROOT, "%.0f s left", left));
    }
    out.println(line);
  }

  @Override
  public void stoppedEarly(int epoch, int best) {
    out.printf(
        Locale.ROOT, "stopped early after epoch %d: epoch %d remains the best%n", epoch, best);
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 0.01 || size == 0 ? "%.4f" : "%.2e";
    return String.format(Locale.ROOT, format, value);
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
