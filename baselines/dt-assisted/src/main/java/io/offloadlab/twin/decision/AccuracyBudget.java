package io.offloadlab.twin.decision;

/**
 * Keeps the mean accuracy of a stream at its threshold: every deficit makes accuracy worth more,
 * and no decision may bring the mean below the threshold while there is another.
 *
 * <p>Two ways to weigh accuracy. With a weight that was set, it grows with the deficit and does not
 * fall below what was set. With a price that is to be found, it begins as the threshold's
 * multiplier in an idle system and follows the stream from there by dual ascent, both ways: it
 * rises while the accuracy that is left over is less than a small reserve, and falls while it is
 * more. The reserve, a few tasks that may fall below the threshold, lets queues decide which tasks
 * those are; it is built up slowly, so that a short stream does not pay for it.
 */
public final class AccuracyBudget {
  /** Accuracy saved up for bursts: below it, accuracy grows dearer. */
  private static final double RESERVE = 1;

  /** The same where the price is found, in tasks that fall below the threshold. */
  private static final double RESERVED_TASKS = 10;

  /** Tasks after which half of it is asked for. */
  private static final double HALF_BUILT = 200;

  /** By how much of its span the price differs at once when the whole reserve is missing. */
  private static final double AT_ONCE = 0.3;

  /** By how much of its span the price then rises from task to task: slow enough not to swing. */
  private static final double PER_TASK = 0.005;

  private final double threshold;
  private final boolean found;
  private final double baseAlpha;
  private final double gain;
  private AccuracyPrice price = AccuracyPrice.NONE;
  private double offset;
  private long tasks;
  private double surplus;

  private AccuracyBudget(double threshold, boolean found, double alpha, double gain) {
    this.threshold = threshold;
    this.found = found;
    this.baseAlpha = alpha;
    this.gain = gain;
  }

  /**
   * With a weight that was set.
   *
   * @param threshold least mean accuracy
   * @param alpha weight of accuracy without a deficit
   * @param gain by which alpha grows per unit of accuracy that the stream lacks
   */
  public static AccuracyBudget weighted(double threshold, double alpha, double gain) {
    return new AccuracyBudget(threshold, false, alpha, gain);
  }

  /**
   * With the price at which the threshold binds.
   *
   * @param threshold least mean accuracy
   */
  public static AccuracyBudget binding(double threshold) {
    return new AccuracyBudget(threshold, true, 0, 0);
  }

  /** Whether it wants to know what accuracy costs in the system as it is. */
  public boolean wantsPrice() {
    return found;
  }

  /** What accuracy costs now. */
  public void priced(AccuracyPrice now) {
    price = now;
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
    tasks++;
    offset = Math.max(-price.binding(), offset + PER_TASK * price.span() * missing());
  }

  /** Of the reserve: 1 if all of it is, below 0 if there is more. */
  private double missing() {
    if (price.gap() == 0) {
      return 0;
    }
    double wanted = tasks / (tasks + HALF_BUILT);
    return wanted - surplus / (RESERVED_TASKS * price.gap());
  }

  /** A virtual queue of deficits sets the weight (Neely, 2010: drift plus penalty). */
  public double alpha() {
    return found
        ? Math.max(0, price.binding() + offset + AT_ONCE * price.span() * missing())
        : baseAlpha + gain * Math.max(0, RESERVE - surplus) * (threshold > 0 ? 1 : 0);
  }
}
