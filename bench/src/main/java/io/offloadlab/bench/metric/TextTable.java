package io.offloadlab.bench.metric;

import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table of texts, ready to be laid out.
 *
 * @param heads one per column
 * @param rows each with a cell per column
 */
public record TextTable(List<Head> heads, List<List<String>> rows) {
  /**
   * The head of a column.
   *
   * @param title what is above it
   * @param docs what it means; may be empty
   * @param text whether it holds texts, which are set to the left
   */
  public record Head(String title, String docs, boolean text) {}

  /** Copies the lists. */
  public TextTable {
    heads = List.copyOf(heads);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** A Tablesaw table as it prints itself, under the names of its columns. */
  public static TextTable of(Table table) {
    return new TextTable(
        table.columns().stream()
            .map(c -> new Head(c.name(), "", c.type().equals(ColumnType.STRING)))
            .toList(),
        cells(table.columns()));
  }

  static List<List<String>> cells(List<Column<?>> columns) {
    return IntStream.range(0, columns.get(0).size())
        .mapToObj(r -> columns.stream().map(c -> c.getString(r)).toList())
        .toList();
  }
}
