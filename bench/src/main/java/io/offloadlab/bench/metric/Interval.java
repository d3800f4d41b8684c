package io.offloadlab.bench.metric;

import java.util.Locale;

/**
 * A 95% interval.
 *
 * @param low lower end; NaN where it is not known
 * @param high upper end
 */
public record Interval(double low, double high) {
  /** Of what is not known, or was seen too seldom. */
  public static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

  /** Whether there is one. */
  public boolean isKnown() {
    return low <= high;
  }

  /** Whether a value is not excluded. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** {@code 4.40 to 4.48}, or {@code -}. */
  String shown(String format, double unit) {
    return isKnown()
        ? String.format(Locale.ROOT, format + " to " + format, low * unit, high * unit)
        : "-";
  }
}
