package io.offloadlab.bench.metric;

import static io.offloadlab.bench.metric.Metric.ofTask;

import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.Traffic;

/** Bytes of tensors that cross links. */
final class Crossing {
  static final Quantity UP = ofTask(r -> of(r).upBytes());
  static final Quantity DOWN = ofTask(r -> of(r).downBytes());

  private Crossing() {}

  private static Traffic of(TaskRecord r) {
    return Traffic.of(r.route(), r.task().source(), r.task().batch());
  }
}
