package io.offloadlab.ddpg.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CoreSharesTest {
  @Property
  void fromScores_givesEveryDeviceACoreAndTheCloudNoneToSpare(
      @ForAll @Size(min = 1, max = 6) double @DoubleRange(min = -50, max = 50) [] scores,
      @ForAll @IntRange(min = 0, max = 60) int spare) {
    int[] shares = CoreShares.fromScores(scores, scores.length + spare);

    assertThat(Arrays.stream(shares).sum()).isEqualTo(scores.length + spare);
    assertThat(Arrays.stream(shares).min().orElseThrow()).isPositive();
  }

  @Property
  void fromScores_aHigherScoreNeverGetsFewerCores(
      @ForAll @DoubleRange(min = -9, max = 9) double a,
      @ForAll @DoubleRange(min = -9, max = 9) double b,
      @ForAll @IntRange(min = 2, max = 40) int cores) {
    int[] shares = CoreShares.fromScores(new double[] {a, b}, cores);

    if (a > b) {
      assertThat(shares[0]).isGreaterThanOrEqualTo(shares[1]);
    }
  }
}
