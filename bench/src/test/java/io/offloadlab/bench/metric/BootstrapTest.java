package io.offloadlab.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static Samples samples(int repeat, int turn, double... values) {
    return Samples.of(repeat, IntStream.range(0, values.length).toArray(), values, turn);
  }

  private static double[] drawn(Random random, int n, double mean, double deviation) {
    return DoubleStream.generate(() -> mean + deviation * random.nextGaussian()).limit(n).toArray();
  }

  @Test
  @DisplayName("Of many independent values, the mean's interval is the normal one")
  void mean_manyValues_agreesWithNormalTheory() {
    double[] values = drawn(new Random(3), 2000, 10, 2);
    double mean = Arrays.stream(values).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 1999);
    double half = 1.96 * deviation / Math.sqrt(2000);

    Interval interval = samples(1, 1, values).intervals().mean();

    assertThat(interval.high() - interval.low()).isCloseTo(2 * half, withinPercentage(5));
    assertThat((interval.high() + interval.low()) / 2).isCloseTo(mean, within(half / 10));
  }

  @Test
  @DisplayName("Of few turns it is as wide as Student's, not as the normal one")
  void mean_fewTurns_isAsWideAsStudents() {
    double[] values = {4, 6, 5, 7, 3, 5, 6, 4, 5, 5};
    // Deviation 1.1547, so a standard error of 0.3651; Student's 97.5th percentile of 9 is 2.262.
    Interval interval = samples(1, 1, values).intervals().mean();

    assertThat(interval.high() - interval.low()).isCloseTo(2 * 2.262 * 0.3651, withinPercentage(8));
  }

  @Test
  @DisplayName("Quantiles' intervals are those of a bootstrap that builds every resample")
  void quantiles_turnsOfTasks_agreeWithBruteForce() {
    Random random = new Random(5);
    double[] values = drawn(random, 400, 10, 1);
    Samples.Intervals ours = samples(1, 5, values).intervals();

    List<double[]> resamples = new ArrayList<>();
    for (int r = 0; r < 20_000; r++) {
      double[] all = new double[400];
      for (int t = 0; t < 80; t++) {
        System.arraycopy(values, 5 * random.nextInt(80), all, 5 * t, 5);
      }
      Arrays.sort(all);
      resamples.add(all);
    }
    assertClose(ours.p50(), resamples, 0.5, 0.02);
    assertClose(ours.p95(), resamples, 0.95, 0.08);
    assertClose(ours.p99(), resamples, 0.99, 0.2);
  }

  private static void assertClose(Interval ours, List<double[]> resamples, double q, double by) {
    double[] seen =
        resamples.stream()
            .mapToDouble(
                s -> {
                  double at = q * (s.length - 1);
                  int i = (int) at;
                  return s[i] + (at - i) * (s[Math.min(i + 1, s.length - 1)] - s[i]);
                })
            .sorted()
            .toArray();
    assertThat(ours.low()).isCloseTo(seen[(int) (0.025 * seen.length)], within(by));
    assertThat(ours.high()).isCloseTo(seen[(int) (0.975 * seen.length)], within(by));
  }

  /** Turns share a mood, and strategies share turns: a ratio of 1, seen with drift. */
  private static Samples[] alike(Random random, int turns, int size, double ratio) {
    double[] a = new double[turns * size];
    double[] b = new double[turns * size];
    for (int t = 0; t < turns; t++) {
      double mood = 10 + 2 * random.nextGaussian();
      double own = 1 + 0.05 * random.nextGaussian();
      double other = 1 + 0.05 * random.nextGaussian();
      for (int i = 0; i < size; i++) {
        a[t * size + i] = ratio * mood * own + 0.5 * random.nextGaussian();
        b[t * size + i] = mood * other + 0.5 * random.nextGaussian();
      }
    }
    return new Samples[] {samples(1, size, a), samples(1, size, b)};
  }

  @Test
  @DisplayName("Of 1,000 pairs of streams that differ by chance, 95% of the intervals contain 1")
  void ratio_equalStreams_coversOneAsOftenAsItSays() {
    Random random = new Random(11);
    long covered =
        IntStream.range(0, 1000)
            .filter(
                i -> {
                  Samples[] both = alike(random, 20, 5, 1);
                  return both[0].ratioTo(both[1]).contains(1);
                })
            .count();

    // Four standard deviations of a binomial of 95%.
    assertThat(covered).isBetween(922L, 978L);
  }

  @Test
  void ratio_pairedDrift_isFarNarrowerThanItsParts() {
    Samples[] both = alike(new Random(2), 40, 25, 1.1);

    Interval ratio = both[0].ratioTo(both[1]);
    Interval mean = both[0].intervals().mean();

    assertThat(ratio.contains(1.1)).isTrue();
    assertThat(ratio.contains(1)).isFalse();
    assertThat((ratio.high() - ratio.low()) / 1.1).isLessThan((mean.high() - mean.low()) / 11 / 2);
  }

  @Test
  @DisplayName("A task that only one of the two has is no part of their ratio")
  void ratio_missingTasks_comparesThoseOfBoth() {
    double[] ten = DoubleStream.generate(() -> 10).limit(20).toArray();
    int[] even = IntStream.range(0, 10).map(i -> 2 * i).toArray();
    double[] five = DoubleStream.generate(() -> 5).limit(10).toArray();
    double[] spoiled = ten.clone();
    spoiled[1] = 1e9;

    Interval ratio = Samples.of(1, even, five, 1).ratioTo(samples(1, 1, spoiled));

    assertThat(ratio).isEqualTo(new Interval(0.5, 0.5));
  }

  @Test
  @DisplayName("Strata keep their share: repeats of different speed do not widen the interval")
  void mean_repeatsOfDifferentSpeed_isStratified() {
    Random random = new Random(7);
    Samples slow = samples(1, 1, drawn(random, 200, 30, 1));
    Samples fast = samples(2, 1, drawn(random, 200, 10, 1));

    Interval interval = Samples.of(List.of(slow, fast)).intervals().mean();

    // Standard error 1 / sqrt(400); unstratified it would be ten times that.
    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 / 20, withinPercentage(10));
  }

  @Test
  void intervals_tooFewTurns_areUnknown() {
    assertThat(samples(1, 1, 1, 2, 3, 4, 5).intervals().mean().isKnown()).isFalse();
    assertThat(samples(1, 1, 1, 2, 3, 4, 5, 6).intervals().mean().isKnown()).isTrue();
    assertThat(Samples.NONE.intervals().mean().isKnown()).isFalse();
  }

  @Test
  @DisplayName("The interquartile mean leaves out int(n/4) at either end, as scipy's trim_mean")
  void interquartileMean_tenValues_isTheMeanOfTheMiddleSix() {
    double[] values = {100, 1, 2, 3, 4, 5, 6, 7, 8, -50};

    assertThat(Bootstrap.interquartileMean(values)).isEqualTo((2 + 3 + 4 + 5 + 6 + 7) / 6.0);
    Interval interval = Bootstrap.ofInterquartileMean(values);
    assertThat(interval.contains(4.5)).isTrue();
    assertThat(interval.low()).isGreaterThan(-50);
    assertThat(Bootstrap.ofInterquartileMean(new double[] {1}).isKnown()).isFalse();
  }
}
