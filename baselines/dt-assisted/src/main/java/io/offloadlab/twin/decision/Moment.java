package io.offloadlab.twin.decision;

import java.util.List;
import java.util.function.Predicate;

/**
 * A device's state when a task is at a boundary, as it was or as a twin says it would have been.
 *
 * @param boundary components that have run; {@link Situation#ARRIVAL} before the task's turn
 * @param time seconds from the start of the stream
 * @param waitedFor D_lq so far
 * @param waiting tasks that wait for the device
 * @param uplink seconds until the uplink is free
 * @param cloud seconds of compute that waits at the cloud: T_eq of an upload that takes no time
 * @param turnIn until the task's turn
 */
public record Moment(
    int boundary,
    double time,
    double waitedFor,
    double waiting,
    double uplink,
    double cloud,
    double turnIn) {
  private static final double MOST = 8;
  private static final double USUAL_QUEUE = 4;

  /** As a question tells it. */
  public static Moment of(Situation s) {
    return new Moment(
        s.boundary(),
        s.progress().nowSeconds(),
        s.waitedFor(),
        s.waiting(),
        s.uplink(),
        s.cloud(),
        s.turnIn());
  }

  /** The same with nobody on the device or waiting for it. */
  public Moment withDeviceFree() {
    return new Moment(boundary, time, waitedFor, 0, uplink, cloud, 0);
  }

  /** The same with another backlog at the cloud. */
  public Moment withCloud(double backlog) {
    return new Moment(boundary, time, waitedFor, waiting, uplink, backlog, turnIn);
  }

  /** Utility of a stop here; while the exit is computed, others go on waiting. */
  public double stop(Action a, Utility u) {
    return u.of(a, waitedFor + waiting * a.tail() + u.charge().ofHolding(a.tail()), uplink, cloud);
  }

  /** The best stop here; null if there is none. */
  public Action best(List<Action> stops, Utility u) {
    Action best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Action a : stops) {
      double worth = stop(a, u);
      if (best == null || worth > most) {
        best = a;
        most = worth;
      }
    }
    return best;
  }

  /**
   * What going on is worth if nothing new comes: the best later stop.
   *
   * @param allowed stops that may be chosen
   * @param knowsQueues whether those who wait now go on waiting and backlogs drain; else no queue
   *     is reckoned with
   * @return minus infinity if there is no later stop
   */
  public double guess(
      DecisionSpace space, Utility u, Predicate<Action> allowed, boolean knowsQueues) {
    double best = Double.NEGATIVE_INFINITY;
    double here = boundary < 0 ? 0 : space.reach().get(boundary);
    for (int l = boundary + 1; l <= space.last(); l++) {
      for (Action a : space.atBoundary().get(l)) {
        if (allowed.test(a)) {
          double ahead = space.reach().get(l) - here;
          double waited = waitedFor;
          double up = 0;
          double busy = 0;
          if (knowsQueues) {
            double held = ahead + a.tail();
            waited += boundary < 0 ? turnIn : waiting * held;
            waited += u.charge().ofHolding(held);
            up = Math.max(0, uplink - turnIn - ahead);
            busy = Math.max(0, cloud - turnIn - ahead);
          }
          best = Math.max(best, u.of(a, waited, up, busy));
        }
      }
    }
    return best;
  }

  /** Input of the network. */
  public float[] input(DecisionSpace space, double scale, boolean seesQueues) {
    float l = boundary / (float) Math.max(1, space.last());
    return seesQueues
        ? new float[] {
          l,
          bounded(waitedFor / scale),
          bounded(cloud / scale),
          bounded(waiting / USUAL_QUEUE),
          bounded(uplink / scale),
          bounded(turnIn / scale)
        }
        : new float[] {l, bounded(waitedFor / scale), bounded(cloud / scale)};
  }

  /** How many numbers {@link #input} gives. */
  public static int inputs(boolean seesQueues) {
    return seesQueues ? 6 : 3;
  }

  private static float bounded(double value) {
    return (float) Math.min(MOST, value);
  }
}
