package io.offloadlab.bench.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The one table on the terminal. */
public final class TableReport {
  /** The strategy that every other one's latency is divided by. */
  static final String YARDSTICK = "legodnn";

  private TableReport() {}

  /**
   * The table, a line per strategy, with the ratio of its mean latency to LegoDNN's where LegoDNN
   * took part.
   */
  public static String render(List<SummaryRow> rows) {
    List<ColumnData<SummaryRow>> columns =
        List.of(
            left("strategy", SummaryRow::strategy),
            right("accuracy", r -> number("%.2f%%", r.accuracy() * 100)),
            right("mean ms", r -> number("%.2f", r.latencyMeanMs())),
            right("p50", r -> number("%.2f", r.latencyP50Ms())),
            right("p95", r -> number("%.2f", r.latencyP95Ms())),
            right("p99", r -> number("%.2f", r.latencyP99Ms())),
            right("MFLOPs", r -> number("%.2f", r.mflops())),
            right("size MiB", r -> number("%.2f", r.sizeMib())),
            right("vs " + YARDSTICK, r -> ratio(r, rows)));
    return AsciiTable.getTable(AsciiTable.FANCY_ASCII, rows, columns);
  }

  /** Live and simulated runs side by side, a line per strategy. */
  public static String renderValidation(List<ValidationRow> rows) {
    List<ColumnData<ValidationRow>> columns =
        List.of(
            left("strategy", ValidationRow::strategy),
            right("live mean ms", r -> number("%.2f", r.liveMeanMs())),
            right("predicted", r -> number("%.2f", r.predictedMeanMs())),
            right("error", r -> number("%+.1f%%", r.predictedError() * 100)),
            right("simulated", r -> number("%.2f", r.simulatedMeanMs())),
            right("error", r -> number("%+.1f%%", r.simulatedError() * 100)));
    return AsciiTable.getTable(AsciiTable.FANCY_ASCII, rows, columns);
  }

  /** Mean latency divided by LegoDNN's, such as {@code 1.37x}; a dash where LegoDNN did not run. */
  static String ratio(SummaryRow row, List<SummaryRow> rows) {
    Optional<SummaryRow> yardstick =
        rows.stream().filter(r -> r.strategy().equals(YARDSTICK)).findFirst();
    return yardstick.map(y -> number("%.2fx", row.latencyMeanMs() / y.latencyMeanMs())).orElse("-");
  }

  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static <T> ColumnData<T> left(String name, Function<T, String> cell) {
    return new Column().header(name).dataAlign(HorizontalAlign.LEFT).with(cell);
  }

  private static <T> ColumnData<T> right(String name, Function<T, String> cell) {
    return new Column().header(name).dataAlign(HorizontalAlign.RIGHT).with(cell);
  }
}
