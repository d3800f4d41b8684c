package io.offloadlab.twin;

/**
 * What a task does to those that come after it, besides making them wait for the device: Hu et al.
 * take the cloud's queue as given, which holds when one device is a small part of its load. Here a
 * job of {@code s} seconds that finds a backlog {@code v} delays whoever comes before the queue is
 * empty again, {@code (v + s) / (1 - rho)} later, by up to {@code s} each.
 *
 * @param tasksPerSecond that come to the device
 * @param allPerSecond that come to all devices, which share the cloud
 * @param joining fraction of them that wait when the device is held
 * @param uplinkBusy fraction of time
 * @param cloudBusy fraction of time
 */
record Congestion(
    double tasksPerSecond,
    double allPerSecond,
    double joining,
    double uplinkBusy,
    double cloudBusy) {
  /** Nobody comes after. */
  static final Congestion NONE = new Congestion(0, 0, 0, 0, 0);

  private static final double LEAST_SLACK = 0.05;

  /** Seconds by which an upload delays others. */
  double ofUpload(Action a, double uplinkBacklog, double cloudBacklog) {
    return delay(tasksPerSecond, uplinkBusy, a.sending(), uplinkBacklog)
        + delay(allPerSecond, cloudBusy, a.cloud(), cloudBacklog);
  }

  private static double delay(double rate, double busy, double job, double backlog) {
    return job * rate * (backlog + job / 2) / Math.max(LEAST_SLACK, 1 - busy);
  }

  /** Seconds that those who come while the device is held will wait for it meanwhile. */
  double ofHolding(double seconds) {
    return tasksPerSecond * joining * seconds * seconds / 2;
  }
}
