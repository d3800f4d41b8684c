package io.offloadlab.bench;

import io.offloadlab.bench.metric.Interval;
import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.bench.metric.TextTable.Head;
import io.offloadlab.bench.report.RunDifference;
import io.offloadlab.bench.report.TableReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The difference of two runs as people are shown it. */
final class DifferenceTable {
  private DifferenceTable() {}

  static void print(RunDifference difference, PrintWriter out) {
    difference.facts().forEach(f -> out.println("differs: " + f));
    difference
        .missing()
        .forEach(s -> out.println("differs: %s took part in one of them alone".formatted(s)));
    if (!difference.streams().isEmpty()) {
      out.println(TableReport.render(table(difference)));
    }
    difference.streams().stream()
        .filter(s -> !s.example().isEmpty())
        .forEach(s -> out.println("%s: %s".formatted(s.strategy(), s.example())));
    out.flush();
  }

  private static TextTable table(RunDifference difference) {
    return new TextTable(
        List.of(
            new Head("strategy", "", true),
            new Head("tasks", "in both", false),
            new Head("other routes", "", false),
            new Head("other predictions", "", false),
            new Head("first ms", "mean latency", false),
            new Head("second ms", "", false),
            new Head("second/first", "of the means, with 95% interval", false)),
        difference.streams().stream().map(DifferenceTable::row).toList());
  }

  private static List<String> row(RunDifference.Stream s) {
    Interval interval = s.ratioInterval();
    return List.of(
        s.strategy(),
        Integer.toString(s.tasks()),
        Integer.toString(s.routes()),
        Integer.toString(s.predictions()),
        String.format(Locale.ROOT, "%.2f", s.firstMean()),
        String.format(Locale.ROOT, "%.2f", s.secondMean()),
        String.format(Locale.ROOT, "%.3f", s.secondMean() / s.firstMean())
            + (interval.isKnown()
                ? String.format(Locale.ROOT, " (%.3f to %.3f)", interval.low(), interval.high())
                : ""));
  }
}
