package io.offloadlab.twin.traffic;

import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.Charge;

/**
 * What a task does to those that come after it, besides making them wait for the device: Hu et al.
 * take the cloud's queue as given, which holds when one device is a small part of its load. Here a
 * job of {@code s} seconds that finds a backlog {@code v} delays whoever comes before the queue is
 * empty again, {@code (v + s) / (1 - rho)} later, by up to {@code s} each; what that costs a task
 * is at most what it loses by going another way.
 *
 * @param tasksPerSecond that come to the device
 * @param allPerSecond that come to all devices, which share the cloud
 * @param uplinkBusy fraction of time
 * @param cloudBusy fraction of time
 * @param stakes of the device's tasks
 * @param stakesOfAll of all devices' tasks
 */
record Congestion(
    double tasksPerSecond,
    double allPerSecond,
    double uplinkBusy,
    double cloudBusy,
    Stakes stakes,
    Stakes stakesOfAll)
    implements Charge {
  private static final double LEAST_SLACK = 0.05;

  @Override
  public double ofUpload(Action a, double uplinkBacklog, double cloudBacklog) {
    return tasksPerSecond
            * stakes.ofDelay(a.sending())
            * lasts(a.sending(), uplinkBacklog, uplinkBusy)
        + allPerSecond * stakesOfAll.ofDelay(a.cloud()) * lasts(a.cloud(), cloudBacklog, cloudBusy);
  }

  /** Seconds for which a job delays others, shortening towards their end. */
  private static double lasts(double job, double backlog, double busy) {
    return (backlog + job / 2) / Math.max(LEAST_SLACK, 1 - busy);
  }

  @Override
  public double ofHolding(double seconds) {
    return tasksPerSecond * stakes.ofHolding(seconds);
  }
}
