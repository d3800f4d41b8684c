package io.offloadlab.bench.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Percentile bootstrap, stratified: of every stratum (a repeat) as many turns are drawn as it has,
 * with replacement, and each turn brings all of its tasks. Percentiles are expanded as Hesterberg
 * has it ("What Teachers Should Know About the Bootstrap", 2015, section 4.5), because the plain
 * ones are too narrow where there are few turns: as the normal interval is beside Student's.
 */
final class Bootstrap {
  private static final int RESAMPLES = 2000;
  private static final double TAIL = 0.025;
  private static final long SEED = 1;

  /** With fewer, an interval would say more of the method than of the stream. */
  private static final int LEAST_FREEDOM = 5;

  private static final Quantile QUANTILE = Quantile.withDefaults().with(EstimationMethod.HF7);

  private Bootstrap() {}

  /** The latencies of the tasks of one turn, at least one. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  record Turn(double[] values) {
    double sum() {
      return DoubleStream.of(values).sum();
    }
  }

  /** A statistic of a resample: how often each turn was drawn. */
  private interface Statistic {
    double of(int[] drawn);
  }

  /** Of mean and quantiles. */
  static Samples.Intervals of(List<Turn[]> strata) {
    if (!isEnough(strata)) {
      return Samples.Intervals.UNKNOWN;
    }
    Turn[] turns = strata.stream().flatMap(Arrays::stream).toArray(Turn[]::new);
    double[] sums = Arrays.stream(turns).mapToDouble(Turn::sum).toArray();
    Sorted sorted = new Sorted(turns);
    List<Interval> all =
        intervals(
            strata,
            List.of(
                drawn -> weighed(sums, drawn) / sorted.count(drawn),
                drawn -> sorted.quantile(0.5, drawn),
                drawn -> sorted.quantile(0.95, drawn),
                drawn -> sorted.quantile(0.99, drawn)));
    return new Samples.Intervals(all.get(0), all.get(1), all.get(2), all.get(3));
  }

  /** Of the ratio of two means over the same tasks, drawn together. */
  static Interval ofRatio(List<Turn[]> own, List<Turn[]> others) {
    if (!isEnough(own)) {
      return Interval.UNKNOWN;
    }
    double[] above = own.stream().flatMap(Arrays::stream).mapToDouble(Turn::sum).toArray();
    double[] below = others.stream().flatMap(Arrays::stream).mapToDouble(Turn::sum).toArray();
    return intervals(own, List.of(drawn -> weighed(above, drawn) / weighed(below, drawn))).get(0);
  }

  /**
   * Of the interquartile mean of some numbers, each of which is drawn by itself, as rliable has it
   * (Agarwal et al., NeurIPS 2021).
   */
  static Interval ofInterquartileMean(double[] values) {
    if (values.length < 2) {
      return Interval.UNKNOWN;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means =
        IntStream.range(0, RESAMPLES)
            .mapToDouble(
                r ->
                    interquartileMean(
                        random
                            .ints(values.length, 0, values.length)
                            .mapToDouble(i -> values[i])
                            .toArray()))
            .toArray();
    return new Interval(QUANTILE.evaluate(means, TAIL), QUANTILE.evaluate(means, 1 - TAIL));
  }

  /** The mean without the least and the greatest quarter, whole numbers of values each. */
  static double interquartileMean(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = sorted.length / 4;
    return Arrays.stream(sorted, cut, sorted.length - cut).average().orElse(Double.NaN);
  }

  private static boolean isEnough(List<Turn[]> strata) {
    return freedom(strata) >= LEAST_FREEDOM;
  }

  private static int freedom(List<Turn[]> strata) {
    return strata.stream().mapToInt(s -> s.length - 1).sum();
  }

  private static List<Interval> intervals(List<Turn[]> strata, List<Statistic> statistics) {
    int turns = strata.stream().mapToInt(s -> s.length).sum();
    double[][] seen = new double[statistics.size()][RESAMPLES];
    SplittableRandom random = new SplittableRandom(SEED);
    int[] drawn = new int[turns];
    for (int r = 0; r < RESAMPLES; r++) {
      Arrays.fill(drawn, 0);
      int first = 0;
      for (Turn[] stratum : strata) {
        for (int i = 0; i < stratum.length; i++) {
          drawn[first + random.nextInt(stratum.length)]++;
        }
        first += stratum.length;
      }
      for (int s = 0; s < seen.length; s++) {
        seen[s][r] = statistics.get(s).of(drawn);
      }
    }
    double tail = expandedTail(turns, freedom(strata));
    return Arrays.stream(seen)
        .map(v -> new Interval(QUANTILE.evaluate(v, tail), QUANTILE.evaluate(v, 1 - tail)))
        .toList();
  }

  private static double expandedTail(int turns, int freedom) {
    double student = TDistribution.of(freedom).inverseSurvivalProbability(TAIL);
    double factor = Math.sqrt((double) turns / freedom);
    return NormalDistribution.of(0, 1).survivalProbability(student * factor);
  }

  private static double weighed(double[] sums, int[] drawn) {
    double total = 0;
    for (int i = 0; i < sums.length; i++) {
      total += drawn[i] * sums[i];
    }
    return total;
  }

  /** Every value with its turn, the least first. */
  private static final class Sorted {
    private final double[] values;
    private final int[] turns;
    private final int[] sizes;

    Sorted(Turn[] all) {
      sizes = Arrays.stream(all).mapToInt(t -> t.values().length).toArray();
      double[] flat =
          Arrays.stream(all).flatMapToDouble(t -> DoubleStream.of(t.values())).toArray();
      int[] owners =
          IntStream.range(0, all.length)
              .flatMap(t -> IntStream.generate(() -> t).limit(sizes[t]))
              .toArray();
      int[] order =
          IntStream.range(0, flat.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> flat[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      values = IntStream.of(order).mapToDouble(i -> flat[i]).toArray();
      turns = IntStream.of(order).map(i -> owners[i]).toArray();
    }

    long count(int[] drawn) {
      long count = 0;
      for (int t = 0; t < sizes.length; t++) {
        count += (long) drawn[t] * sizes[t];
      }
      return count;
    }

    /** Between order statistics, as {@link Quantiles.Exact} has it. */
    double quantile(double q, int[] drawn) {
      double position = (count(drawn) - 1) * q;
      long below = (long) Math.floor(position);
      long passed = 0;
      double low = Double.NaN;
      for (int i = 0; i < values.length; i++) {
        passed += drawn[turns[i]];
        if (Double.isNaN(low) && passed > below) {
          low = values[i];
        }
        if (passed > below + 1) {
          return low + (position - below) * (values[i] - low);
        }
      }
      return low;
    }
  }
}
