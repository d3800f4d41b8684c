package io.offloadlab.legodnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilpTest {
  @ParameterizedTest
  @CsvSource({"5, 3, 2, 0.6", "6, 4, 3, 0.8", "8, 3, 3, 1.2", "8, 5, 3, 3"})
  @DisplayName("The planner's least latency is that of an independent MILP solver")
  void solve_instancesBeyondEnumeration_equalMilp(
      int pieces, int variants, int nodes, double memory) {
    for (int seed = 0; seed < 3; seed++) {
      PlanningProblem problem =
          new RandomProblems(seed).large(pieces, variants, nodes, memory, new Objective.Latency());

      Outcome outcome = VariantPlanner.solve(problem);

      if (outcome instanceof Outcome.Planned planned) {
        assertThat(Milp.leastSeconds(problem).orElseThrow())
            .as("seed %d", seed)
            .isCloseTo(planned.plan().seconds(), within(1e-6));
      } else {
        assertThat(Milp.leastSeconds(problem)).as("seed %d", seed).isEmpty();
      }
    }
  }
}
