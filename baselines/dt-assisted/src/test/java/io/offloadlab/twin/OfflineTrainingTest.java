package io.offloadlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.study.StudyWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineTrainingTest {
  private static final StudyWorld WORLD = new StudyWorld(40, 6, 0);

  @TempDir Path folder;

  private OfflineTraining training(String file, Map<String, String> options) {
    StrategyContext plain = WORLD.context(0);
    return new OfflineTraining(
        new StrategyContext(plain.network(), plain.profile(), plain.scenario(), options),
        WORLD.view(),
        SimulationOptions.DEFAULT.with(StudyWorld.OTHERS),
        folder.resolve(file));
  }

  @Test
  void run_interruptedAndResumed_learnsTheSameAsUninterrupted() throws IOException {
    Map<String, String> exploring = Map.of("dt.exploration", "0.1");
    training("whole.json", exploring).run(1000, t -> {});

    training("parts.json", exploring).run(500, t -> {});
    AtomicLong tasks = new AtomicLong();
    OfflineTraining.Outcome rest = training("parts.json", exploring).run(1000, tasks::addAndGet);

    assertThat(rest.before()).isEqualTo(500);
    assertThat(tasks).hasValue(500);
    assertThat(Files.readString(folder.resolve("parts.json")))
        .isEqualTo(Files.readString(folder.resolve("whole.json")));
  }

  @Test
  void run_asManyTasksAsBefore_learnsNothingNewAndScoresTheSame() {
    OfflineTraining.Outcome first = training("dt.json", Map.of()).run(200, t -> {});
    OfflineTraining.Outcome again = training("dt.json", Map.of()).run(200, t -> {});

    assertThat(again.samples()).isZero();
    assertThat(again.trained()).isEqualTo(first.trained());
  }

  @Test
  void run_publishedPreset_doesBetterThanItsFirstGuess() {
    OfflineTraining.Outcome o =
        training("dt.json", Map.of("dt.preset", "published")).run(1000, t -> {});

    assertThat(o.trained().utility()).isGreaterThan(o.untrained().utility());
    // and a score is the utility of its parts, energy of a few milliseconds' worth left out
    assertThat(o.oneShot().accuracy() - o.oneShot().delaySeconds())
        .isCloseTo(o.oneShot().utility(), within(0.02));
  }
}
