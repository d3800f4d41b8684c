package io.offloadlab.twin.decision;

/**
 * Keeps the mean accuracy of a stream at its threshold: every deficit makes accuracy worth more,
 * and no decision may bring the mean below the threshold while there is another.
 */
public final class AccuracyBudget {
  private final double threshold;
  private final double baseAlpha;
  private final double gain;
  private double surplus;

  /**
   * @param threshold least mean accuracy
   * @param alpha weight of accuracy without a deficit
   * @param gain by which alpha grows per unit of accuracy that the stream lacks
   */
  public AccuracyBudget(double threshold, double alpha, double gain) {
    this.threshold = threshold;
    this.baseAlpha = alpha;
    this.gain = gain;
  }

  /** Whether the mean stays at the threshold with one more task of this accuracy. */
  public boolean allows(double accuracy) {
    return accuracy >= threshold || surplus + accuracy - threshold >= 0;
  }

  /**
   * A task was decided on.
   *
   * @param accuracy expected of it, in 0..1
   */
  public void spend(double accuracy) {
    surplus += accuracy - threshold;
  }

  /** A virtual queue of deficits sets the weight (Neely, 2010: drift plus penalty). */
  public double alpha() {
    return baseAlpha + gain * Math.max(0, RESERVE - surplus) * (threshold > 0 ? 1 : 0);
  }

  /** Accuracy saved up for bursts: below it, accuracy grows dearer. */
  private static final double RESERVE = 1;
}
