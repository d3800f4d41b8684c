package io.offloadlab.bench.metric;

import java.util.List;
import tech.tablesaw.api.ColumnType;

/**
 * A column of a table, declared.
 *
 * @param <R> what a row is made of
 * @param key its name in CSV files, which is a contract
 * @param header what people are shown above it; {@value Results#YARDSTICK} stands for the
 *     yardstick's name
 * @param unit of its numbers
 * @param shown in which table
 * @param filed whether it is in the CSV file
 * @param reading where its values come from
 * @param docs what it means, in a line
 */
public record Column<R>(
    String key,
    String header,
    Unit unit,
    Shown shown,
    boolean filed,
    Reading<R> reading,
    String docs) {

  boolean isText() {
    return reading instanceof Reading.Text;
  }

  Column<R> at(Shown place, boolean inFile) {
    return new Column<>(key, header, unit, place, inFile, reading, docs);
  }

  Column<R> under(String title) {
    return new Column<>(key, title, unit, shown, filed, reading, docs);
  }

  /** The type of its values in a Tablesaw table. */
  public ColumnType type() {
    return reading.type();
  }

  /** Its values in some rows as a Tablesaw column, which prints as declared. */
  tech.tablesaw.columns.Column<?> of(List<R> rows) {
    return reading.column(key, unit, rows);
  }
}
