package io.offloadlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Power;
import io.offloadlab.strategy.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFilesTest {
  private static final long MODEL_BYTES = 40 << 20;

  @TempDir Path folder;

  @Test
  void published_isTheDesignPagesScenario() {
    Scenario s = ScenarioFiles.read("published").toScenario(MODEL_BYTES);

    assertThat(s.tasksAtCloud()).isTrue();
    assertThat(s.edges()).isEqualTo(2);
    assertThat(s.nodes().get(0).memoryBudgetBytes()).isEqualTo(10 << 20);
    assertThat(s.nodes().get(2).memoryBudgetBytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(s.arrivals()).isEqualTo(new Arrivals.Sequential());
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.scenario.ScenarioFiles#presetNames")
  void everyPreset_isAValidScenarioOfItsName(String preset) {
    assertThat(ScenarioFiles.read(preset).toScenario(MODEL_BYTES).name()).isEqualTo(preset);
  }

  @Test
  void memoryTight_everyNode_mayHoldThreeFifthsOfTheModel() {
    Scenario s = ScenarioFiles.read("memory-tight").toScenario(MODEL_BYTES);

    assertThat(s.nodes())
        .allSatisfy(n -> assertThat(n.memoryBudgetBytes()).isEqualTo(MODEL_BYTES * 3 / 5));
  }

  @Test
  void overriddenBy_optionsGiven_winAndTheRestStays() {
    ScenarioDraft file = ScenarioFiles.read("iot-wifi");
    ScenarioDraft options =
        new ScenarioDraft(null, null, null, 3, null, null, null, null, "poisson 4", 8, 0.7, 5L);

    Scenario s = file.overriddenBy(options).toScenario(MODEL_BYTES);

    assertThat(s.edges()).isEqualTo(3);
    assertThat(s.arrivals()).isEqualTo(new Arrivals.Poisson(4));
    assertThat(s.batch()).isEqualTo(8);
    assertThat(s.nodes().get(3).speedFactor()).isEqualTo(0.25);
    assertThat(s.tasksAtCloud()).isFalse();
  }

  @Test
  @DisplayName(
      "a list of one value per edge replaces a list, and one part of a group the same part")
  void overriddenBy_listsAndGroups_replacedWhereWritten() {
    ScenarioDraft file = draft(List.of("wifi", "4g"), List.of(0.5, 0.25), "8MiB");
    ScenarioDraft options = draft(List.of("3g"), null, null);

    ScenarioDraft both = file.overriddenBy(options);

    assertThat(both.link()).containsExactly("3g");
    assertThat(both.speed().cloud()).isEqualTo(2);
    assertThat(both.speed().edges()).containsExactly(0.5, 0.25);
    assertThat(both.memory().cloud()).isEqualTo("8MiB");
    assertThat(both.seed()).isEqualTo(Long.MAX_VALUE);
  }

  private static ScenarioDraft draft(List<String> link, List<Double> speeds, String cloudMemory) {
    return new ScenarioDraft(
        "mine",
        null,
        null,
        null,
        link,
        null,
        new ScenarioDraft.Speed(speeds == null ? null : 2.0, speeds),
        new ScenarioDraft.Memory(cloudMemory, null),
        null,
        null,
        0.7,
        Long.MAX_VALUE);
  }

  @Test
  void read_yamlWithoutEdges_hasTwoOfThem() throws IOException {
    Path file =
        Files.writeString(folder.resolve("my.yaml"), "link: [wifi, 4g]\nspeed: {edges: 0.5}\n");

    Scenario s = ScenarioFiles.read(file.toString()).toScenario(MODEL_BYTES);

    assertThat(s.edges()).isEqualTo(2);
    assertThat(s.links().get(1).upBytesPerSecond()).isEqualTo(5.85e6 / 8);
    assertThat(s.nodes().get(2).speedFactor()).isEqualTo(0.5);
  }

  @Test
  void read_yamlWithAMisspeltKey_namesFileAndTheNearestKey() throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "edges: 2\nbtach: 4\n");

    assertThatThrownBy(() -> ScenarioFiles.read(file.toString()))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("my.yaml, line 2: unknown key 'btach'")
        .hasMessageContaining("did you mean batch?");
  }

  @Test
  void read_yamlWithAWordForANumber_namesFileAndLine() throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "edges: 2\nbatch: many\n");

    assertThatThrownBy(() -> ScenarioFiles.read(file.toString()))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("my.yaml, line 2");
  }

  @Test
  @DisplayName("a key that is only there to be referred to is no key of the scenario")
  void read_yamlWithADefinition_resolvesItsAlias() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.yaml"), "base: &b\n  cloud: 0.5\nedges: 2\nspeed: *b\n");

    assertThat(ScenarioFiles.read(file.toString()).speed().cloud()).isEqualTo(0.5);
  }

  @Test
  void read_unknownPreset_namesTheNearest() {
    assertThatThrownBy(() -> ScenarioFiles.read("iot-wify"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("did you mean iot-wifi?");
  }

  @Test
  void toScenario_threeLinksForTwoEdges_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("s.yml"), "edges: 2\nlink: [wifi, 4g, 3g]\n");

    assertThatThrownBy(() -> ScenarioFiles.read(file.toString()).toScenario(MODEL_BYTES))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("2 edges but 3 values of 'link'");
  }

  @Test
  void toScenario_negativeArrivalRate_isAUsageError() {
    ScenarioDraft draft =
        ScenarioFiles.read("published")
            .overriddenBy(
                new ScenarioDraft(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "poisson -3",
                    null,
                    null,
                    null));

    assertThatThrownBy(() -> draft.toScenario(MODEL_BYTES))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("-3");
  }

  @Test
  void toScenario_speedAboveOne_isRefusedBecauseItCannotBeEmulated() {
    ScenarioDraft.Speed fast = new ScenarioDraft.Speed(2.0, null);
    ScenarioDraft draft =
        ScenarioFiles.read("published")
            .overriddenBy(
                new ScenarioDraft(
                    null, null, null, null, null, null, fast, null, null, null, null, null));

    assertThatThrownBy(() -> draft.toScenario(MODEL_BYTES))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("2.0");
  }

  @Test
  void read_powerOfSomeKinds_theRestAsUsual() throws IOException {
    Path file =
        Files.writeString(folder.resolve("lte.yaml"), "power: {radio: 1.28804, send: 438.39}\n");

    Power power = ScenarioFiles.read(file.toString()).toScenario(MODEL_BYTES).power();

    assertThat(power.radioWatts()).isEqualTo(1.28804);
    assertThat(power.sendNanojoules()).isEqualTo(438.39);
    assertThat(power.computeWatts()).isEqualTo(Power.RASPBERRY_PI_ON_WIFI.computeWatts());
  }

  @Test
  void read_lessPowerComputingThanWaiting_isAUsageError() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.yaml"), "power: {idle: 3, compute: 2}\n");

    assertThatThrownBy(() -> ScenarioFiles.read(file.toString()).toScenario(MODEL_BYTES))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("at least its idle power of 3.0 W");
  }
}
