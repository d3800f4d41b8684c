package io.offloadlab.bench.metric;

import java.util.List;
import java.util.function.Predicate;

/**
 * Rows under declared columns.
 *
 * @param <R> what a row is made of
 * @param columns what is read from each row
 * @param rows in order
 */
public record Sheet<R>(List<Column<R>> columns, List<R> rows) {
  /** Copies the lists. */
  public Sheet {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The columns that are in the CSV file. */
  public Sheet<R> filed() {
    return where(Column::filed);
  }

  /** The columns that are shown in some places, after the first one, which names the rows. */
  public Sheet<R> shown(Shown... in) {
    List<Shown> places = List.of(in);
    return where(c -> places.contains(c.shown()) || c.equals(columns.get(0)));
  }

  private Sheet<R> where(Predicate<Column<R>> wanted) {
    return new Sheet<>(columns.stream().filter(wanted).toList(), rows);
  }

  /**
   * As the columns of a Tablesaw table, which have the keys as names and print as declared. Not as
   * a table: the first one of a process searches the class path for half a second.
   */
  public List<tech.tablesaw.columns.Column<?>> values() {
    return columns.stream().<tech.tablesaw.columns.Column<?>>map(c -> c.of(rows)).toList();
  }

  /** As people are shown it. */
  public TextTable text() {
    return new TextTable(
        columns.stream().map(c -> new TextTable.Head(c.header(), c.docs(), c.isText())).toList(),
        TextTable.cells(values()));
  }
}
