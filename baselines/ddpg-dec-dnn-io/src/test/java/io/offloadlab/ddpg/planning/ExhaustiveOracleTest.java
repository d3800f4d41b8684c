package io.offloadlab.ddpg.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.ddpg.environment.CollaborationModel;
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

    assertThat(solution.ipla()).isCloseTo(best, within(1e-12));
    assertThat(model.ipla(solution.plan())).isEqualTo(solution.ipla());
  }
}
