package io.offloadlab.legodnn.plan;

/** What a plan makes as small as it can. */
public sealed interface Objective {
  /** Least latency; among equals (to the nanosecond) the least size. */
  record Latency() implements Objective {}

  /**
   * Least size; among equals the least latency. The latency is at most that of running the chosen
   * variants on node 0 alone; where no plan is, at most 1.1, 1.2, 1.4, 1.8, ... times that.
   */
  record Size() implements Objective {}

  /**
   * Least {@code alpha x latency/latency0 + beta x size/size0 + gamma x cost}, relative to the
   * original network on node 0 alone.
   *
   * @param alpha weight of the latency, not negative
   * @param beta weight of the size, not negative
   * @param gamma weight of the accuracy cost, not negative
   */
  record Weighted(double alpha, double beta, double gamma) implements Objective {
    /**
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public Weighted {
      for (double weight : new double[] {alpha, beta, gamma}) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("a weight is finite and not negative, not " + weight);
        }
      }
    }

    double value(Plan plan, Plan original) {
      return perSecond(original) * plan.seconds()
          + perByte(original) * plan.bytes()
          + gamma * plan.cost();
    }

    double perSecond(Plan original) {
      return original.seconds() > 0 ? alpha / original.seconds() : 0;
    }

    double perByte(Plan original) {
      return original.bytes() > 0 ? beta / original.bytes() : 0;
    }
  }
}
