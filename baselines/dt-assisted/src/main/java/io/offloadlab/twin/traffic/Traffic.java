package io.offloadlab.twin.traffic;

/**
 * How busy a device's surroundings are, from what its tasks saw when they arrived (arrivals at
 * random moments see time averages).
 */
final class Traffic {
  private static final double SMOOTHING = 0.01;

  private final Stakes stakes = new Stakes();
  private double seen;
  private double last;
  private double gap;
  private double uplink;
  private double cloud;

  /** A task arrives. */
  void arrives(double now, double uplinkBacklog, double cloudBacklog) {
    double weight = Math.max(SMOOTHING, 1 / (seen + 1));
    if (seen > 0) {
      gap += weight * (now - last - gap);
    }
    uplink += weight * ((uplinkBacklog > 0 ? 1 : 0) - uplink);
    cloud += weight * ((cloudBacklog > 0 ? 1 : 0) - cloud);
    last = now;
    seen++;
  }

  /** Tasks per second; 0 until two have come. */
  double rate() {
    return gap > 0 ? 1 / gap : 0;
  }

  /** Fraction of time for which the uplink is busy. */
  double uplinkBusy() {
    return uplink;
  }

  /** Fraction of time for which the cloud is busy. */
  double cloudBusy() {
    return cloud;
  }

  /** What is at stake for tasks like the last ones. */
  Stakes stakes() {
    return stakes;
  }
}
