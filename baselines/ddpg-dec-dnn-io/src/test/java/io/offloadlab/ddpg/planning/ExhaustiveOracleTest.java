package io.offloadlab.ddpg.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.environment.RandomSystems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExhaustiveOracleTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void solve_agreesWithEnumerationOfEveryPlan(long system) {
    CollaborationModel model = RandomSystems.draw(system);
    double best =
        model.tuples().stream()
            .flatMap(tuple -> ExhaustiveOracle.enumerate(model, tuple).stream())
            .mapToDouble(model::ipla)
            .max()
            .orElseThrow();

    Solution solution = ExhaustiveOracle.solve(model);

    assertThat(solution.worth()).isCloseTo(best, within(1e-12));
    assertThat(model.worth(solution.plan())).isEqualTo(solution.worth());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void solve_forLatency_isTheFastestPlanOfTheTuplesThatKeepTheThreshold(long system) {
    CollaborationModel model = RandomSystems.draw(system, Objective.LATENCY);
    double least =
        model.tuples().stream()
            .flatMap(tuple -> ExhaustiveOracle.enumerate(model, tuple).stream())
            .mapToDouble(model::meanSeconds)
            .min()
            .orElseThrow();

    Solution solution = ExhaustiveOracle.solve(model);

    assertThat(model.meanSeconds(solution.plan())).isCloseTo(least, within(1e-12));
    assertThat(solution.worth()).isCloseTo(-least / model.slowestOnDevice(), within(1e-12));
  }
}
