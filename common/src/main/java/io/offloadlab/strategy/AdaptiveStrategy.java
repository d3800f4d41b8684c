package io.offloadlab.strategy;

/**
 * A strategy that decides while a task runs: it is asked when a task arrives, when the task gets a
 * processor that it waited for, and at the end of every component, until it finishes the route.
 *
 * <p>{@link #route} must still give a whole route, the best that can be said at arrival: it is what
 * runs where nobody can ask in between.
 */
public interface AdaptiveStrategy extends OffloadStrategy {
  /**
   * What the task does next.
   *
   * @param progress how far it has come
   * @param view what the runtime has measured so far
   * @return a step whose components continue those that are done
   */
  Step next(TaskProgress progress, SystemView view);

  /**
   * A task is done: what a strategy that learns while the stream runs learns from.
   *
   * @param record what came out
   * @param nowSeconds when, on the clock of {@link TaskProgress#nowSeconds}
   */
  default void finished(TaskRecord record, double nowSeconds) {}
}
