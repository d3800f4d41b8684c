package io.offloadlab.twin;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean of independent runs and how sure it is.
 *
 * @param mean over the runs
 * @param confidence half the width of the 95% confidence interval (Student's t)
 */
record Spread(double mean, double confidence) {
  /** Two-sided 95% quantiles of Student's t for 1, 2, … degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093
  };

  private static final double NORMAL = 1.96;

  static Spread of(List<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    if (n < 2) {
      return new Spread(mean, Double.NaN);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double t = n - 2 < T.length ? T[n - 2] : NORMAL;
    return new Spread(mean, t * Math.sqrt(squares / (n - 1) / n));
  }

  /** Of paired runs: the same seed saw both. */
  static Spread ofDifferences(List<Double> values, List<Double> others) {
    return of(
        IntStream.range(0, values.size()).mapToObj(i -> values.get(i) - others.get(i)).toList());
  }
}
