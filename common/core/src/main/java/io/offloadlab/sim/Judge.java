package io.offloadlab.sim;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Task;
import java.util.List;

/** What exits say of samples in a simulation, which infers nothing itself. */
@FunctionalInterface
public interface Judge {
  /** Nothing: a strategy that asks for exits' judgement is told of no sample. */
  Judge NOTHING_INFERRED = (task, exit) -> List.of();

  /**
   * Entropy of the class probabilities per sample of a task's batch, in nats.
   *
   * @param exit that ran as a side branch
   */
  List<Double> entropies(Task task, Component exit);
}
