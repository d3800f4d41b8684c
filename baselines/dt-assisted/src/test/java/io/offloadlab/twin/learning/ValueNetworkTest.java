package io.offloadlab.twin.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ValueNetworkTest {
  @Test
  void value_isTheFormulaOfAPerceptron() {
    ValueNetwork net =
        new ValueNetwork(
            new float[][][] {{{1, 2}, {0.5f, -1}}, {{3, -2}}}, new float[][] {{0.1f, 0}, {0.25f}});

    double expected = 3 * Math.tanh(0.4 - 0.6 + 0.1) - 2 * Math.tanh(0.2 + 0.3) + 0.25;

    assertThat(net.value(new float[] {0.4f, -0.3f})).isCloseTo(expected, within(1e-6));
  }
}
