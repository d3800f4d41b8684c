package io.offloadlab.bench.metric;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.TaskRecord;
import java.util.function.ToDoubleFunction;

/** A number that every task has, from which streams are summed up. */
sealed interface Quantity {
  /** The task's number. */
  double of(TaskRecord record);

  /** Read from the record itself. */
  record OfTask(ToDoubleFunction<TaskRecord> value) implements Quantity {
    @Override
    public double of(TaskRecord record) {
      return value.applyAsDouble(record);
    }
  }

  /**
   * The sum over the components that ran. What a component has takes long to find out, so that a
   * stream asks each component once.
   *
   * @param value a whole number of a component
   * @param unit how much of it is 1
   */
  record OfComponents(ToDoubleFunction<Component> value, double unit) implements Quantity {
    @Override
    public double of(TaskRecord record) {
      return record.route().hops().stream()
              .mapToDouble(h -> value.applyAsDouble(h.component()))
              .sum()
          / unit;
    }
  }
}
