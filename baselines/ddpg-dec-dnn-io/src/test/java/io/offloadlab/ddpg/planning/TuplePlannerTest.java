package io.offloadlab.ddpg.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.ddpg.OptimalityGap;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.ExitTuple;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.environment.RandomSystems;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuplePlannerTest {
  private static final double ONE_PERCENT = 0.01;

  @TempDir Path folder;

  /** The whole table, 20 systems with 5 seeds each, is made by {@link OptimalityGap}. */
  @ParameterizedTest
  @CsvSource({"10, LATENCY", "18, LATENCY", "10, IPLA", "18, IPLA"})
  void plan_defaultPreset_comesWithinOnePercentOfTheOptimum(long system, Objective objective) {
    CollaborationModel model = RandomSystems.draw(system, objective);
    double optimum = ExhaustiveOracle.solve(model).worth();

    Solution learned =
        new TuplePlanner(DdpgPreset.load("default").rewarding(objective), 1)
            .plan(model, TrainingMeter.SILENT);

    assertThat(learned.worth()).isGreaterThanOrEqualTo(optimum - ONE_PERCENT * Math.abs(optimum));
    assertThat(model.worth(learned.plan())).isEqualTo(learned.worth());
  }

  /** The published preset, 3 episodes of 20 steps. */
  private static DdpgPreset brief() {
    DdpgPreset p = DdpgPreset.load("published");
    return new DdpgPreset(
        p.objective(),
        p.decoder(),
        5,
        false,
        p.agent().continuing(3, 20),
        new DdpgPreset.Reoptimisation(true, 2, 10));
  }

  @Test
  void plan_sameSeed_isTheSamePlan() {
    CollaborationModel model = RandomSystems.draw(18);
    DdpgPreset brief = brief();

    assertThat(new TuplePlanner(brief, 7).plan(model, TrainingMeter.SILENT))
        .isEqualTo(new TuplePlanner(brief, 7).plan(model, TrainingMeter.SILENT));
  }

  @Test
  void plan_withCheckpoints_leavesOnePerTupleAndGoesOnFromThem() {
    CollaborationModel model = RandomSystems.draw(18);
    DdpgPreset brief = brief();
    TuplePlanner.PlannerFiles files =
        new TuplePlanner.PlannerFiles(Optional.of(folder), Optional.of(folder.resolve("log")));

    new TuplePlanner(brief, 7, files).plan(model, TrainingMeter.SILENT);
    Solution again = new TuplePlanner(brief, 7, files).plan(model, TrainingMeter.SILENT);

    for (ExitTuple tuple : model.tuples()) {
      assertThat(folder.resolve(tuple + ".safetensors")).exists();
      assertThat(folder.resolve("log").resolve(tuple + "/training.csv")).exists();
    }
    assertThat(model.worth(again.plan())).isEqualTo(again.worth());
  }
}
