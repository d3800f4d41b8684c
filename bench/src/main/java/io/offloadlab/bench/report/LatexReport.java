package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as LaTeX, to {@code \input} into a paper; needs no package. */
public final class LatexReport {
  private static final String SPECIAL = "&%$#_{}";

  private LatexReport() {}

  /** The table, with a line end. */
  public static String render(TextTable table) {
    String alignment =
        table.heads().stream().map(h -> h.text() ? "l" : "r").collect(Collectors.joining());
    return "\\begin{tabular}{%s}\n\\hline\n".formatted(alignment)
        + line(table.heads().stream().map(TextTable.Head::title).toList())
        + "\\hline\n"
        + table.body().stream().map(LatexReport::line).collect(Collectors.joining())
        + (table.apart() == 0 ? "" : "\\hline\n")
        + table.rest().stream().map(LatexReport::line).collect(Collectors.joining())
        + "\\hline\n\\end{tabular}\n";
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(LatexReport::escaped)
        .collect(Collectors.joining(" & ", "", " \\\\\n"));
  }

  private static String escaped(String text) {
    return text.chars().mapToObj(c -> escaped((char) c)).collect(Collectors.joining());
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\\' -> "\\textbackslash{}";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      default -> SPECIAL.indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
    };
  }
}
