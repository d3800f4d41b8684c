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
  private final long begun;
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
    this.begun = clock.getAsLong();
    this.told = begun;
  }

  /**
   * So much is done.
   *
   * @param done at least 1
   * @param total of all
   */
  public synchronized void at(long done, long total) {
    long now = clock.getAsLong();
    if (now - told < BETWEEN_LINES_NANOS) {
      return;
    }
    told = now;
    Duration left = Duration.ofNanos((long) ((double) (now - begun) / done * (total - done)));
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
