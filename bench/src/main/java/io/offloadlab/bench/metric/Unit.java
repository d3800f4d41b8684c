package io.offloadlab.bench.metric;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * What numbers are counted in, and how people are shown them. Files hold numbers in full.
 *
 * @param symbol of the unit; empty for counts, texts and ratios
 * @param pattern of {@link DecimalFormat}; a percent sign multiplies by 100
 */
public record Unit(String symbol, String pattern) {
  static final Unit COUNT = new Unit("", "0");
  static final Unit SHARE = new Unit("", "0.00%");
  static final Unit DEVIATION = new Unit("", "+0.0%;-0.0%");
  static final Unit TIMES = new Unit("", "0.00x");
  static final Unit MS = new Unit("ms", "0.00");
  static final Unit FINE_MS = new Unit("ms", "0.000");
  static final Unit SECONDS = new Unit("s", "0.000");
  static final Unit PER_SECOND = new Unit("1/s", "0.0");
  static final Unit MFLOP = new Unit("MFLOP", "0.00");
  static final Unit BYTES = new Unit("B", "0");
  static final Unit MILLIJOULE = new Unit("mJ", "0.0");
  static final Unit MIB = new Unit("MiB", "0.00");

  private static final String MISSING = "-";

  NumberColumnFormatter formatter() {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return new NumberColumnFormatter(format, MISSING);
  }
}
