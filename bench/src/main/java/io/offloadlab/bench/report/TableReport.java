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
  private TableReport() {}

  /** The table of results, a line per strategy. */
  public static String render(Results results) {
    return render(results.sheet().shown(Shown.RESULTS).text());
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
    return AsciiTable.getTable(borders(), table.rows(), columns);
  }

  private static Character[] borders() {
    String fancy =
        Arrays.stream(AsciiTable.FANCY_ASCII)
            .map(c -> c == null ? "" : c.toString())
            .collect(Collectors.joining());
    return Terminal.shows(fancy) ? AsciiTable.FANCY_ASCII : AsciiTable.BASIC_ASCII;
  }
}
