package io.offloadlab.twin.study;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean of independent runs and how sure it is.
 *
 * @param mean over the runs
 * @param confidence half the width of the 95% confidence interval (Student's t); not a number for a
 *     single run
 */
record Spread(double mean, double confidence) {
  private static final double TAIL = 0.025;

  /**
   * @param values at least one
   */
  static Spread of(List<Double> values) {
    double[] runs = values.stream().mapToDouble(v -> v).toArray();
    double mean = Mean.of(runs).getAsDouble();
    if (runs.length < 2) {
      return new Spread(mean, Double.NaN);
    }
    double t = TDistribution.of(runs.length - 1.0).inverseSurvivalProbability(TAIL);
    double deviation = StandardDeviation.of(runs).getAsDouble();
    return new Spread(mean, t * deviation / Math.sqrt(runs.length));
  }

  /** Of paired runs: the same seed saw both. */
  static Spread ofDifferences(List<Double> values, List<Double> others) {
    return of(
        IntStream.range(0, values.size()).mapToObj(i -> values.get(i) - others.get(i)).toList());
  }
}
