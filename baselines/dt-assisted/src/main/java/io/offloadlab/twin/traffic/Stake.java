package io.offloadlab.twin.traffic;

import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Utility;
import java.util.function.Predicate;

/**
 * What a task would have lost, when it arrived, without one of its two ways: the workload twin's
 * answer to what other decisions would have been worth, whichever was taken. A task that is kept
 * from one of them turns to the other, so it loses no more than this.
 *
 * @param device seconds of utility lost without a free device; 0 or more, infinite when it cannot
 *     upload at arrival
 * @param upload seconds of utility lost without uploading at arrival, 0 or more
 */
public record Stake(double device, double upload) {
  /** Of a task that waits for the device whatever it costs. */
  public static final Stake WAITS = new Stake(Double.POSITIVE_INFINITY, 0);

  /**
   * @param arrival the state that the task found
   * @param u what stops are worth
   * @param allowed stops that may be chosen
   */
  static Stake of(Moment arrival, DecisionSpace space, Utility u, Predicate<Action> allowed) {
    double now = Double.NEGATIVE_INFINITY;
    for (Action a : space.atArrival()) {
      if (allowed.test(a)) {
        now = Math.max(now, arrival.stop(a, u));
      }
    }
    Predicate<Action> onDevice = allowed.and(a -> a.hold() > 0);
    double joined = arrival.guess(space, u, onDevice, true);
    double free = arrival.withDeviceFree().guess(space, u, onDevice, true);
    return new Stake(lost(free, now), lost(now, joined));
  }

  private static double lost(double with, double without) {
    return with == Double.NEGATIVE_INFINITY ? 0 : Math.max(0, with - without);
  }
}
