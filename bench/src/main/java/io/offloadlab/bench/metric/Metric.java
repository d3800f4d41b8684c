package io.offloadlab.bench.metric;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.TaskRecord;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A metric as {@link Metrics} declares it: its columns in the table of tasks and in that of
 * streams. Unless it is said otherwise, columns of streams are shown among the results.
 *
 * @param quantity what streams are summed up from; null where there is nothing to sum up
 * @param hasQuantiles whether more than the mean is asked of it
 * @param ofTask its column per task; empty for none
 * @param ofStream its columns per stream
 */
record Metric(
    Quantity quantity,
    boolean hasQuantiles,
    List<Column<TaskRow>> ofTask,
    List<Column<Results.Row>> ofStream) {

  /** A text of tasks. */
  static Metric taskText(String key, Function<TaskRow, String> of, String docs) {
    return task(null, key, Unit.COUNT, new Reading.Text<>(of), docs);
  }

  /** A whole number of tasks. */
  static Metric taskCount(String key, ToIntFunction<TaskRow> of, String docs) {
    return task(null, key, Unit.COUNT, new Reading.Whole<>(of), docs);
  }

  /** A quantity of tasks; {@link #andMean} and {@link #andQuantile} sum it up. */
  static Metric task(String key, Unit unit, Quantity of, String docs) {
    return task(of, key, unit, new Reading.Decimal<>(r -> of.of(r.record())), docs);
  }

  private static Metric task(
      Quantity quantity, String key, Unit unit, Reading<TaskRow> reading, String docs) {
    Column<TaskRow> column = new Column<>(key, key, unit, Shown.NOWHERE, true, reading, docs);
    return new Metric(quantity, false, List.of(column), List.of());
  }

  /** A quantity of tasks, and under the same key its mean over a stream. */
  static Metric mean(String key, String header, Unit unit, Quantity of, String docs) {
    return task(key, unit, of, docs).andMean(key, header, docs);
  }

  /** The mean of a quantity over a stream; single tasks have no column of it. */
  static Metric meanAlone(String key, String header, Unit unit, Quantity of, String docs) {
    return new Metric(
        of, false, List.of(), stream(key, header, unit, s -> s.mean(of), docs).ofStream());
  }

  /** A part of a task's latency, in milliseconds, and its mean over a stream. */
  static Metric part(String key, String header, Quantity of, String docs) {
    return mean(key, header, Unit.MS, of, docs).shown(Shown.PARTS);
  }

  /** With the quantity's mean over a stream. */
  Metric andMean(String key, String header, String docs) {
    return and(hasQuantiles, stream(key, header, unit(), s -> s.mean(quantity), docs));
  }

  /** With a quantile of the quantity over a stream. */
  Metric andQuantile(double q, String key, String header, String docs) {
    return and(true, stream(key, header, unit(), s -> s.quantile(quantity, q), docs));
  }

  /** With the columns of streams that another declares. */
  Metric and(Metric more) {
    return and(hasQuantiles, more);
  }

  private Unit unit() {
    return ofTask.get(0).unit();
  }

  private Metric and(boolean quantiles, Metric more) {
    return new Metric(
        quantity,
        quantiles,
        ofTask,
        Stream.concat(ofStream.stream(), more.ofStream.stream()).toList());
  }

  /** A text of streams. */
  static Metric streamText(
      String key, String header, Function<StreamSummary, String> of, String docs) {
    return stream(key, header, Unit.COUNT, new Reading.Text<>(r -> of.apply(r.stream())), docs);
  }

  /** A text of a stream beside the others. */
  static Metric rowText(String key, String header, Function<Results.Row, String> of, String docs) {
    return stream(key, header, Unit.COUNT, new Reading.Text<>(of), docs);
  }

  /** A number of a stream beside the others. */
  static Metric row(
      String key, String header, Unit unit, ToDoubleFunction<Results.Row> of, String docs) {
    return stream(key, header, unit, new Reading.Decimal<>(of), docs);
  }

  /** A whole number of streams. */
  static Metric streamCount(String key, ToIntFunction<StreamSummary> of, String docs) {
    return stream(key, key, Unit.COUNT, new Reading.Whole<>(r -> of.applyAsInt(r.stream())), docs);
  }

  /** A number of streams. */
  static Metric stream(
      String key, String header, Unit unit, ToDoubleFunction<StreamSummary> of, String docs) {
    return stream(
        key, header, unit, new Reading.Decimal<>(r -> of.applyAsDouble(r.stream())), docs);
  }

  /** A number that relates a stream to the yardstick's; none where that did not take part. */
  static Metric relative(
      String key, String header, ToDoubleBiFunction<StreamSummary, StreamSummary> of, String docs) {
    Reading<Results.Row> reading =
        new Reading.Decimal<>(
            r -> r.yardstick().map(y -> of.applyAsDouble(r.stream(), y)).orElse(Double.NaN));
    return stream(key, header, Unit.TIMES, reading, docs);
  }

  private static Metric stream(
      String key, String header, Unit unit, Reading<Results.Row> reading, String docs) {
    Column<Results.Row> column =
        new Column<>(key, header, unit, Shown.RESULTS, true, reading, docs);
    return new Metric(null, false, List.of(), List.of(column));
  }

  /** The same, but shown elsewhere. */
  Metric shown(Shown place) {
    return new Metric(
        quantity,
        hasQuantiles,
        ofTask,
        ofStream.stream().map(c -> c.at(place, c.filed())).toList());
  }

  /** The same, but not in the CSV file. */
  Metric unfiled() {
    return new Metric(
        quantity,
        hasQuantiles,
        ofTask,
        ofStream.stream().map(c -> c.at(c.shown(), false)).toList());
  }

  static Quantity ofTask(ToDoubleFunction<TaskRecord> value) {
    return new Quantity.OfTask(value);
  }

  static Quantity ofComponents(ToDoubleFunction<Component> value, double unit) {
    return new Quantity.OfComponents(value, unit);
  }
}
