package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /**
   * The first table of a text that {@link #render} wrote. What is set apart there is a row like
   * others here.
   */
  static TextTable read(String text) {
    List<List<String>> rows =
        text.lines().takeWhile(l -> l.startsWith("| ")).map(MarkdownReport::cells).toList();
    if (rows.size() < 2) {
      return new TextTable(List.of(), List.of());
    }
    return new TextTable(
        IntStream.range(0, rows.get(0).size())
            .mapToObj(
                i -> new TextTable.Head(rows.get(0).get(i), "", rows.get(1).get(i).equals("---")))
            .toList(),
        rows.subList(2, rows.size()));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(2, line.length() - 2).split(" \\| ", -1))
        .map(c -> c.replace("\\|", "|"))
        .map(
            c ->
                c.length() > 2 && c.startsWith("*") && c.endsWith("*")
                    ? c.substring(1, c.length() - 1)
                    : c)
        .toList();
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
