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
 * @param apart how many of them, at the end, are set apart from the others
 */
public record TextTable(List<Head> heads, List<List<String>> rows, int apart) {
  /** With nothing set apart. */
  public TextTable(List<Head> heads, List<List<String>> rows) {
    this(heads, rows, 0);
  }

  /** The same with its last rows set apart. */
  TextTable apart(int last) {
    return new TextTable(heads, rows, last);
  }

  /** Those that are not set apart. */
  public List<List<String>> body() {
    return rows.subList(0, rows.size() - apart);
  }

  /** Those that are. */
  public List<List<String>> rest() {
    return rows.subList(rows.size() - apart, rows.size());
  }

  /**
   * A cell of a page's table.
   *
   * @param text whether its column holds texts
   */
  public record Cell(String shown, boolean text) {}

  /** The cells of {@link #body}. */
  public List<List<Cell>> cells() {
    return cells(body(), heads);
  }

  /** The cells of {@link #rest}. */
  public List<List<Cell>> cellsApart() {
    return cells(rest(), heads);
  }

  private static List<List<Cell>> cells(List<List<String>> rows, List<Head> heads) {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> new Cell(row.get(i), heads.get(i).text()))
                    .toList())
        .toList();
  }

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
