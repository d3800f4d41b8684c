package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as Markdown, to paste into an issue or a page. */
public final class MarkdownReport {
  private MarkdownReport() {}

  /** The table, with a line end. */
  public static String render(TextTable table) {
    String marks =
        table.heads().stream()
            .map(h -> h.text() ? "---" : "---:")
            .collect(Collectors.joining(" | ", "| ", " |\n"));
    return line(table.heads().stream().map(TextTable.Head::title).toList())
        + marks
        + table.body().stream().map(MarkdownReport::line).collect(Collectors.joining())
        + table.rest().stream().map(MarkdownReport::apart).collect(Collectors.joining());
  }

  /** Markdown has no rules within a table: rows that are set apart are slanted. */
  private static String apart(List<String> cells) {
    return line(cells.stream().map(c -> c.isEmpty() ? c : "*" + c + "*").toList());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(c -> c.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
