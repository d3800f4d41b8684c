package io.offloadlab.twin.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.twin.DigitalTwinStrategy;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.study.StudyWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinCheckpointTest {
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));
  private static final StudyWorld WORLD = new StudyWorld(40, 5, 300);

  @TempDir Path folder;
  private TwinCheckpoint file;

  @BeforeEach
  void file() {
    file = new TwinCheckpoint(folder.resolve("new/dt.json"), 200);
  }

  private DigitalTwinStrategy run(TwinSettings settings) {
    DigitalTwinStrategy strategy = new DigitalTwinStrategy(WORLD.context(0), settings, file);
    WORLD.run(strategy, 0);
    return strategy;
  }

  @Test
  void run_atItsEnd_keepsWhatWasLearnedSinceTheLastWrite() {
    DigitalTwinStrategy strategy = run(SETTINGS);

    TwinCheckpoint.Content kept = file.load(SETTINGS).orElseThrow();
    assertThat(kept.tasks()).isEqualTo(300);
    assertThat(kept.memory().steps()).isEqualTo(strategy.learned().memory().steps()).isPositive();
    assertThat(kept.memory().average()).isEqualTo(strategy.learned().memory().average());
  }

  @Test
  void run_withACheckpoint_goesOnFromIt() {
    run(SETTINGS);
    run(SETTINGS);

    assertThat(file.load(SETTINGS)).hasValueSatisfying(c -> assertThat(c.tasks()).isEqualTo(600));
  }

  @Test
  void load_learnedWithOtherSettings_namesBoth() {
    run(SETTINGS);
    TwinSettings others =
        TwinSettings.with(
            "default", Map.of("objective", "utility", "hidden", "[8]", "alpha", "0.5"));

    assertThatThrownBy(() -> run(others))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("dt.json")
        .hasMessageContaining("hidden [32, 16], here [8]")
        .hasMessageContaining("alpha 1.0, here 0.5")
        .hasMessageNotContaining("beta")
        .hasMessageNotContaining("\n");
  }

  @Test
  void load_settingsOfLearningAlone_mayDiffer() {
    run(SETTINGS);
    TwinSettings others =
        TwinSettings.with("default", Map.of("objective", "utility", "learning-rate", "0.001"));

    assertThat(file.load(others)).isPresent();
  }

  @Test
  @DisplayName("Nobody is told to delete a folder")
  void load_folder_asksForAFileInIt() {
    assertThatThrownBy(() -> new TwinCheckpoint(folder, 1).load(SETTINGS))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("is a folder: name a file in it")
        .hasMessageNotContaining("delete");
  }

  @Test
  void load_notACheckpoint_saysWhatToDo() throws IOException {
    Files.createDirectory(folder.resolve("new"));
    Files.writeString(folder.resolve("new/dt.json"), "{\"tasks\": 3}");

    assertThatThrownBy(() -> file.load(SETTINGS))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("cannot be read: delete it or name another");
  }
}
