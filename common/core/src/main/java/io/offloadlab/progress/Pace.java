package io.offloadlab.progress;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How far a work is, in lines: for scripts and logs, where a bar is no use. A line now and then,
 * with the time that is left at this pace; none for what is over before.
 */
public final class Pace {
  private static final long BETWEEN_LINES_NANOS = 20_000_000_000L;

  private final String unit;
  private final Consumer<String> lines;
  private final LongSupplier clock;
  private long begun;
  private long doneBefore = -1;
  private long told;

  /**
   * @param unit what is counted, such as {@code tasks}
   * @param lines takes them
   */
  public Pace(String unit, Consumer<String> lines) {
    this(unit, lines, System::nanoTime);
  }

  Pace(String unit, Consumer<String> lines, LongSupplier clock) {
    this.unit = unit;
    this.lines = lines;
    this.clock = clock;
  }

  /**
   * So much is done.
   *
   * @param done more than at the call before
   * @param total of all
   */
  public synchronized void at(long done, long total) {
    long now = clock.getAsLong();
    if (doneBefore < 0) {
      // What came before the first of them tells nothing of their pace.
      begun = now;
      told = now;
      doneBefore = done;
    }
    if (now - told < BETWEEN_LINES_NANOS) {
      return;
    }
    told = now;
    double each = (double) (now - begun) / (done - doneBefore);
    Duration left = Duration.ofNanos((long) (each * (total - done)));
    lines.accept(
        String.format(
            Locale.ROOT, "%d of %d %s done, about %s left", done, total, unit, inWords(left)));
  }

  private static String inWords(Duration left) {
    return left.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %d min", left.toHours(), left.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %d s", left.toMinutes(), left.toSecondsPart());
  }
}
