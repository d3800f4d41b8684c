package io.offloadlab.branchynet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExitPolicyTest {
  @Test
  void fixed_anyEntropy_leavesThere() {
    assertThat(new ExitPolicy.Fixed(1).exit(new double[] {0, 9, 0})).isEqualTo(1);
  }

  @Test
  void entropy_leavesAtTheFirstExitThatIsSureEnough_elseAtTheLast() {
    ExitPolicy policy = new ExitPolicy.Entropy(0.5);

    assertThat(policy.exit(new double[] {0.6, 0.4, 0.1})).isEqualTo(1);
    assertThat(policy.exit(new double[] {0.6, 0.6, 0.6})).isEqualTo(2);
  }

  @Test
  void entropy_negativeThreshold_isRefused() {
    assertThatThrownBy(() -> new ExitPolicy.Entropy(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
