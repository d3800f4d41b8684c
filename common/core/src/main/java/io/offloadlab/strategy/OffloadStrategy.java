package io.offloadlab.strategy;

import io.offloadlab.graph.Component;
import java.util.List;

/**
 * Decides which components run where. Called from one thread.
 *
 * <p>{@link #route} is called for every task with the newest view; a strategy that plans keeps its
 * plan and makes a new one when the view has moved enough to matter. Whoever makes one closes it.
 */
public interface OffloadStrategy extends AutoCloseable {
  /** Every component this strategy may put into a route: what is profiled before the stream. */
  List<Component> components();

  /**
   * The route of a task.
   *
   * @param task what arrived
   * @param view what the runtime has measured so far
   * @throws io.offloadlab.failure.RunFailure if no route meets the scenario, with what would
   */
  Route route(Task task, SystemView view);

  /**
   * Accuracy that the model's measured profile gives for the network a route runs, in 0..1.
   *
   * @param route one of this strategy's routes
   */
  double expectedAccuracy(Route route);

  /**
   * What a reader of the results must know of this strategy in this scenario, one line each: a
   * budget that a reference point exceeds, for example. Empty by default.
   */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Waits for whatever is thought about beside the stream, so that the next answer has it. Called
   * where time stands still meanwhile, which it does in a simulation. Does nothing by default.
   */
  default void settle() {}

  /**
   * Nothing more will be asked, however the stream ended: time to keep what was learned and to let
   * go of threads and native memory. Does nothing by default; closing twice is closing once.
   */
  @Override
  default void close() {}
}
