package io.offloadlab.train.profile;

/** Sum of one figure per image, with a 95% confidence interval of its mean. */
final class Tally {
  private static final double Z = 1.959964;

  private double sum;
  private double squares;
  private int count;

  void add(double value) {
    sum += value;
    squares += value * value;
    count++;
  }

  double mean() {
    return sum / count;
  }

  int count() {
    return count;
  }

  /**
   * Wilson's interval for a share: right for shares near 0 and 1 too (Wilson, JASA 1927). The
   * figures are 0 or 1.
   */
  double[] shareInterval() {
    double p = mean();
    double z2 = Z * Z / count;
    double half = Z * Math.sqrt(p * (1 - p) / count + z2 / (4 * count));
    return new double[] {(p + z2 / 2 - half) / (1 + z2), (p + z2 / 2 + half) / (1 + z2)};
  }

  /** Normal interval for a mean of paired differences. */
  double[] differenceInterval() {
    double variance = Math.max(0, squares / count - mean() * mean());
    double half = Z * Math.sqrt(variance / count);
    return new double[] {mean() - half, mean() + half};
  }
}
