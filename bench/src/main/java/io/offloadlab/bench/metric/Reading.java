package io.offloadlab.bench.metric;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;

/**
 * How a column's value is read from what a row is made of.
 *
 * @param <R> what a row is made of
 */
sealed interface Reading<R> {
  /** The values of some rows as a Tablesaw column. */
  tech.tablesaw.columns.Column<?> column(String name, Unit unit, List<R> rows);

  /** The type of that column. */
  ColumnType type();

  /** A text; null for none. */
  record Text<R>(Function<R, String> of) implements Reading<R> {
    @Override
    public StringColumn column(String name, Unit unit, List<R> rows) {
      return StringColumn.create(name, rows.stream().map(of));
    }

    @Override
    public ColumnType type() {
      return ColumnType.STRING;
    }
  }

  /** A whole number; {@link Reading#NONE} for none. */
  record Whole<R>(ToIntFunction<R> of) implements Reading<R> {
    @Override
    public IntColumn column(String name, Unit unit, List<R> rows) {
      IntColumn column = IntColumn.create(name, rows.stream().mapToInt(of).toArray());
      column.setPrintFormatter(unit.formatter());
      return column;
    }

    @Override
    public ColumnType type() {
      return ColumnType.INTEGER;
    }
  }

  /** A number; NaN for none. */
  record Decimal<R>(ToDoubleFunction<R> of) implements Reading<R> {
    @Override
    public DoubleColumn column(String name, Unit unit, List<R> rows) {
      DoubleColumn column = DoubleColumn.create(name, rows.stream().mapToDouble(of).toArray());
      column.setPrintFormatter(unit.formatter());
      return column;
    }

    @Override
    public ColumnType type() {
      return ColumnType.DOUBLE;
    }
  }

  /** What Tablesaw takes for a whole number that is missing. */
  int NONE = tech.tablesaw.columns.numbers.IntColumnType.missingValueIndicator();
}
