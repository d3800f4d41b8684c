package io.offloadlab.twin;

/**
 * What a task is worth: {@code -delay + alpha * accuracy - beta * energy}, in seconds (Hu et al.,
 * section III).
 *
 * @param alpha seconds that one unit of accuracy is worth, 0 or more
 * @param beta seconds that one joule is worth, 0 or more
 * @param congestion what an upload costs others
 */
record Utility(double alpha, double beta, Congestion congestion) {
  Utility(double alpha, double beta) {
    this(alpha, beta, Congestion.NONE);
  }

  double of(double delaySeconds, double accuracy, double joules) {
    return -delaySeconds + alpha * accuracy - beta * joules;
  }

  /**
   * Utility of an action from what is known at or predicted for its boundary.
   *
   * @param waitedFor seconds by which other tasks wait for this one's use of the device: D_lq
   * @param uplinkBacklog until the uplink is free, from the boundary on
   * @param cloudBacklog compute that waits at the cloud, at the boundary
   */
  double of(Action a, double waitedFor, double uplinkBacklog, double cloudBacklog) {
    double delay = a.idleSeconds();
    if (a.upload()) {
      double arrives = uplinkBacklog + a.sending() + a.travelling();
      double busy = Math.max(0, cloudBacklog - arrives);
      delay += uplinkBacklog + busy + congestion.ofUpload(a, uplinkBacklog, busy);
    }
    return of(delay + waitedFor, a.accuracy(), a.joules());
  }
}
