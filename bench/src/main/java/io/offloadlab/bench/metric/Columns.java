package io.offloadlab.bench.metric;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Columns of tables that break a run down: what is above them is also their name in files. */
final class Columns {
  private Columns() {}

  static <R> Column<R> text(String title, String docs, Function<R, String> of) {
    return column(title, Unit.COUNT, docs, new Reading.Text<>(of));
  }

  static <R> Column<R> count(String title, String docs, ToIntFunction<R> of) {
    return column(title, Unit.COUNT, docs, new Reading.Whole<>(of));
  }

  static <R> Column<R> number(String title, Unit unit, String docs, ToDoubleFunction<R> of) {
    return column(title, unit, docs, new Reading.Decimal<>(of));
  }

  private static <R> Column<R> column(String title, Unit unit, String docs, Reading<R> of) {
    return new Column<>(title, title, unit, Shown.RESULTS, true, of, docs);
  }
}
