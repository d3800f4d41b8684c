package io.offloadlab.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EntropyTest {
  @Test
  void of_logits_isThatOfTheirSoftmax() {
    float[] logits = {9, 1, 2, 0.5f};
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(0.5);
    double expected = 0;
    for (int i = 1; i < 4; i++) {
      double p = Math.exp(logits[i]) / sum;
      expected -= p * Math.log(p);
    }

    assertThat(Entropy.of(logits, 1, 3)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void ofEach_sureAndUnsureSamples_areToldApart() {
    float[] logits = {1000, 0, 0, 0, 5, 5, 5, 5};

    assertThat(Entropy.ofEach(logits, 2).get(0)).isZero();
    assertThat(Entropy.ofEach(logits, 2).get(1)).isCloseTo(Math.log(4), within(1e-12));
  }
}
