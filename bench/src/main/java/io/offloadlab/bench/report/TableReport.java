package io.offloadlab.bench.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.Results;
import io.offloadlab.bench.metric.Sheet;
import io.offloadlab.bench.metric.Shown;
import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.progress.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Tables on the terminal. */
public final class TableReport {
  /** Border, headers and the rule below them. */
  private static final int LINES_ABOVE = 3;

  private TableReport() {}

  /** The table of results, a line per strategy. */
  public static String render(Results results) {
    return render(results.shown(Shown.RESULTS));
  }

  /** Live and simulated runs side by side, a line per strategy. */
  public static String renderValidation(List<ValidationRow> rows) {
    return render(new Sheet<>(Metrics.ofValidation(), rows).text());
  }

  /** Any table. */
  public static String render(TextTable table) {
    List<ColumnData<List<String>>> columns = new ArrayList<>();
    for (int i = 0; i < table.heads().size(); i++) {
      int at = i;
      TextTable.Head head = table.heads().get(i);
      columns.add(
          new Column()
              .header(head.title())
              .maxWidth(Integer.MAX_VALUE)
              .dataAlign(head.text() ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT)
              .with(row -> row.get(at)));
    }
    return ruled(AsciiTable.getTable(borders(), table.rows(), columns), table);
  }

  /** A rule like that below the headers before the rows that are set apart. */
  private static String ruled(String text, TextTable table) {
    if (table.apart() == 0) {
      return text;
    }
    List<String> lines = new ArrayList<>(text.lines().toList());
    String rule = lines.get(LINES_ABOVE - 1);
    boolean ruledThroughout = lines.size() > LINES_ABOVE + table.rows().size() + 1;
    if (ruledThroughout) {
      lines.set(LINES_ABOVE + 2 * table.body().size() - 1, rule);
    } else {
      lines.add(LINES_ABOVE + table.body().size(), rule);
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static Character[] borders() {
    String fancy =
        Arrays.stream(AsciiTable.FANCY_ASCII)
            .map(c -> c == null ? "" : c.toString())
            .collect(Collectors.joining());
    return Terminal.shows(fancy) ? AsciiTable.FANCY_ASCII : AsciiTable.BASIC_ASCII;
  }
}
