package io.offloadlab.twin.decision;

/**
 * What a task is worth: {@code -delay + alpha * accuracy - beta * energy}, in seconds (Hu et al.,
 * section III).
 *
 * @param alpha seconds that one unit of accuracy is worth, 0 or more
 * @param beta seconds that one joule is worth, 0 or more
 * @param charge for what a decision costs others
 */
public record Utility(double alpha, double beta, Charge charge) {
  /**
   * Without a charge: what a task is worth by itself.
   *
   * @param alpha seconds that one unit of accuracy is worth, 0 or more
   * @param beta seconds that one joule is worth, 0 or more
   */
  public Utility(double alpha, double beta) {
    this(alpha, beta, Charge.NONE);
  }

  /** In seconds, from the three things that count. */
  public double of(double delaySeconds, double accuracy, double joules) {
    return -delaySeconds + alpha * accuracy - beta * joules;
  }

  /**
   * Utility of an action from what is known at or predicted for its boundary.
   *
   * @param waitedFor seconds by which other tasks wait for this one's use of the device: D_lq
   * @param uplinkBacklog until the uplink is free, from the boundary on
   * @param cloudBacklog compute that waits at the cloud, at the boundary
   */
  public double of(Action a, double waitedFor, double uplinkBacklog, double cloudBacklog) {
    double delay = a.idleSeconds();
    if (a.upload()) {
      double arrives = uplinkBacklog + a.sending() + a.travelling();
      double busy = Math.max(0, cloudBacklog - arrives);
      delay += uplinkBacklog + busy + charge.ofUpload(a, uplinkBacklog, busy);
    }
    return of(delay + waitedFor, a.accuracy(), a.joules());
  }
}
