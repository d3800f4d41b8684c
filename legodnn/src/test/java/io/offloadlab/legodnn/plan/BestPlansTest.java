package io.offloadlab.legodnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BestPlansTest {
  private static final int INSTANCES = 1000;
  private static final int COUNT = 6;

  @Test
  @DisplayName("The best six plans have brute force's values on 1,000 small instances")
  void of_randomSmallInstances_equalsBruteForce() {
    for (int seed = 0; seed < INSTANCES; seed++) {
      // given
      PlanningProblem problem = new RandomProblems(seed).small();
      List<double[]> expected = BruteForce.best(problem, COUNT);

      // when
      List<Plan> plans = BestPlans.of(problem, COUNT).orElseThrow();

      // then
      assertThat(plans).as("seed %d", seed).hasSameSizeAs(expected);
      assertThat(new HashSet<>(plans)).hasSameSizeAs(plans);
      for (int k = 0; k < plans.size(); k++) {
        // Of plans as good as each other in the first part, either may come first.
        assertThat(BruteForce.values(problem, plans.get(k))[0])
            .as("seed %d, plan %d: %s", seed, k, problem)
            .isCloseTo(expected.get(k)[0], within(1e-7 * Math.max(1, expected.get(k)[0])));
      }
    }
  }

  @Test
  void of_sizeOfResNet18_beginsWithTheOptimum() {
    PlanningProblem problem = new RandomProblems(3).large(10, 5, 3, 1.2, new Objective.Latency());

    List<Plan> plans = BestPlans.of(problem, COUNT).orElseThrow();

    assertThat(plans)
        .hasSize(COUNT)
        .isSortedAccordingTo((a, b) -> Double.compare(a.seconds(), b.seconds()));
    assertThat(plans.get(0)).isEqualTo(((Outcome.Planned) VariantPlanner.solve(problem)).plan());
  }

  @Test
  @DisplayName("Of several sources, one takes another plan while the others keep theirs")
  void of_memberOfSeveral_staysWithinWhatTheOthersLeave() {
    JointProblem joint = new RandomSystems(9).tight(4, 3, 2, .8, new Objective.Latency());
    List<Plan> plans = ((JointOutcome.Planned) JointPlanner.solve(joint)).plans();

    List<Plan> best = BestPlans.of(joint, plans, 0, COUNT).orElseThrow();

    assertThat(best.get(0).seconds()).isCloseTo(plans.get(0).seconds(), within(1e-8));
    assertThat(best)
        .allSatisfy(
            plan -> {
              Holdings held = new Holdings(joint);
              held.add(joint.members().get(0), plan);
              held.add(joint.members().get(1), plans.get(1));
              assertThat(held.fit()).isTrue();
            });
  }
}
