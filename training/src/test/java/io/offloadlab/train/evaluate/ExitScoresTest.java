package io.offloadlab.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.branchynet.ExitPolicy;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import org.junit.jupiter.api.Test;

class ExitScoresTest {
  private static final BranchyNet NET =
      new BranchyNet(ResNets.resnet18(10, 64, Shape.of(3, 32, 32)));

  /** Image 0 is sure at once, image 1 at exit 5, image 2 never; the last exit errs on image 0. */
  private static final ExitScores SCORES =
      new ExitScores(
          new int[][] {{4, 0, 0}, {4, 7, 1}, {5, 7, 2}},
          new double[][] {{0.1, 1.5, 2.0}, {0.1, 0.3, 1.9}, {0.2, 0.2, 1.8}},
          new int[] {4, 7, 2});

  @Test
  void fixed_everySampleLeavesThere() {
    ExitScores.Outcome outcome = SCORES.under(new ExitPolicy.Fixed(1), NET);

    assertThat(outcome.leaving()).containsExactly(0, 3, 0);
    assertThat(outcome.accuracy()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(outcome.meanFlops())
        .isEqualTo(NET.chain("exit-5").stream().mapToDouble(c -> c.flops()).sum());
  }

  @Test
  void entropy_aSampleLeavesAtTheFirstExitThatIsSure_andPaysForThoseItPassed() {
    ExitScores.Outcome outcome = SCORES.under(new ExitPolicy.Entropy(0.5), NET);

    assertThat(outcome.leaving()).containsExactly(1, 1, 1);
    assertThat(outcome.accuracy()).isEqualTo(1);
    double flops = 0;
    for (String exit : BranchyNet.EXITS) {
      flops += NET.flopsThrough(exit);
    }
    assertThat(outcome.meanFlops()).isCloseTo(flops / 3, within(1e-3));
  }
}
