package io.offloadlab.performance;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Comparisons as a table for the terminal and as CSV. */
final class Ratios {
  private Ratios() {}

  static String table(List<Comparison> comparisons) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        comparisons,
        List.of(
            column("benchmark", HorizontalAlign.LEFT, Comparison::benchmark),
            column("parameters", HorizontalAlign.LEFT, Comparison::parameters),
            column("contestant", HorizontalAlign.LEFT, Comparison::contestant),
            column("time", HorizontalAlign.RIGHT, c -> number("%.4g", c.time())),
            column("unit", HorizontalAlign.LEFT, Comparison::unit),
            column("ours / this", HorizontalAlign.RIGHT, c -> number("%.3f", c.ratio())),
            column(
                "of rounds",
                HorizontalAlign.RIGHT,
                c -> number("%.3f", c.least()) + ".." + number("%.3f", c.most()))));
  }

  private static ColumnData<Comparison> column(
      String name, HorizontalAlign align, Function<Comparison, String> value) {
    return new Column().header(name).headerAlign(align).dataAlign(align).with(value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  static void write(Path file, Machine machine, List<Comparison> comparisons) throws IOException {
    try (Writer to = Files.newBufferedWriter(file)) {
      CsvWriter csv = new CsvWriter(to, new CsvWriterSettings());
      csv.writeHeaders(
          "benchmark",
          "parameters",
          "contestant",
          "time",
          "unit",
          "ratio",
          "ratio_least",
          "ratio_most",
          "processor",
          "cores",
          "java",
          "libraries");
      for (Comparison c : comparisons) {
        csv.writeRow(
            c.benchmark(),
            c.parameters(),
            c.contestant(),
            c.time(),
            c.unit(),
            c.ratio(),
            c.least(),
            c.most(),
            machine.processor(),
            machine.cores(),
            machine.java(),
            String.join(" ", machine.libraries()));
      }
      csv.close();
    }
  }
}
