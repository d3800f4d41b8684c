package io.offloadlab.strategy;

import java.util.List;

/**
 * A strategy that decides while a task runs: it is asked when a task arrives, when the task gets a
 * processor that it waited for, and at the end of every component, until it finishes the route.
 * Live and in the simulator alike, {@link #next} and {@link #finished} are called by one thread at
 * a time and their clock does not go back.
 *
 * <p>{@link #route} must still give a whole route, the best that can be said in an idle system: a
 * plan to look at, which changes nothing.
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
   * Every route that {@link #next} may come to for a task: what nodes must hold before it can be
   * asked. Depends on the scenario alone, so that it stays true when the view changes.
   *
   * @param task any task of the device in question
   */
  List<Route> routes(Task task);

  /** How the live runtime is to learn that a task is at a boundary. */
  default Signalling signalling() {
    return Signalling.REPORTED;
  }

  /**
   * A task is done: what a strategy that learns while the stream runs learns from.
   *
   * @param record what came out
   * @param nowSeconds when, on the clock of {@link TaskProgress#nowSeconds}
   */
  default void finished(TaskRecord record, double nowSeconds) {}
}
