package io.offloadlab.legodnn.accuracy;

/**
 * Accuracy that a predicted network keeps in hand because predictions err: {@code constant + factor
 * x sqrt(max(drop, 0.001))} at a predicted drop.
 *
 * <p>The root is how the spread of a measured drop grows: it counts images on which two networks
 * differ, whose variance is proportional to their number. The floor keeps a network that is
 * predicted to lose nothing from being taken for the original.
 *
 * @param constant in accuracy, not negative
 * @param factor of the growing part, not negative
 */
public record Margin(double constant, double factor) {
  private static final double LEAST_DROP = 0.001;

  /** The same margin at every drop. */
  public static Margin constant(double margin) {
    return new Margin(margin, 0);
  }

  static Margin growing(double factor) {
    return new Margin(0, factor);
  }

  static double shape(double drop) {
    return Math.sqrt(Math.max(drop, LEAST_DROP));
  }

  /**
   * The margin at a predicted drop.
   *
   * @param drop against the original, in accuracy
   */
  public double at(double drop) {
    return constant + factor * shape(drop);
  }

  /**
   * The largest drop that, with its margin, stays within an allowance. Negative where even a
   * network without any drop would not.
   *
   * @param allowance original accuracy less the threshold
   */
  public double largestDrop(double allowance) {
    double left = allowance - constant;
    if (left <= LEAST_DROP + factor * shape(0)) {
      return left - factor * shape(0);
    }
    double root = (-factor + Math.sqrt(factor * factor + 4 * left)) / 2;
    return root * root;
  }
}
