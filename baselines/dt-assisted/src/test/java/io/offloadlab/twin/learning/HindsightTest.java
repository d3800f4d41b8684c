package io.offloadlab.twin.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HindsightTest {
  private static double trust(double share, double noise) {
    Hindsight hindsight = new Hindsight();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 20_000; i++) {
      double correction = random.nextDouble() - 0.5;
      hindsight.judge(3, correction, share * correction + noise * (random.nextDouble() - 0.5));
    }
    return hindsight.trust(3);
  }

  @Test
  void trust_correctionsTooLarge_isTheShareThatWasRight() {
    assertThat(trust(0.4, 0.2)).isCloseTo(0.4, within(0.05));
  }

  @Test
  void trust_correctionsThatSayNothingOrTheOpposite_isNone() {
    assertThat(trust(0, 1)).isCloseTo(0, within(0.1));
    assertThat(trust(-0.5, 1)).isZero();
  }

  @Test
  void trust_correctionsTooSmall_isNotMoreThanAll() {
    assertThat(trust(1.8, 0.1)).isEqualTo(1);
  }

  @Test
  void trust_unknownBoundary_isNone() {
    assertThat(new Hindsight().trust(0)).isZero();
  }
}
