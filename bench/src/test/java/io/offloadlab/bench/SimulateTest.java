package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.view.SystemViewFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench simulate}, from a view in a file, so that nothing is measured. */
class SimulateTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void view() {
    SystemViewFile.write(folder.resolve("view.json"), FakeNetworks.view(), "now", "a test");
  }

  private int simulate(String... more) {
    List<String> all = new ArrayList<>(List.of("--strategies", "cloud-only,edge-only"));
    all.addAll(List.of(more));
    return simulateUsual(all.toArray(String[]::new));
  }

  private int simulateUsual(String... more) {
    List<String> args = new ArrayList<>(List.of("simulate", "--view", in("view.json")));
    args.addAll(List.of("--out", in("out")));
    args.addAll(List.of(more));
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void simulate_fleet_printsTheTableAndWritesTheFiles() throws IOException {
    int code =
        simulate(
            "--scenario",
            "iot-wifi",
            "--edges",
            "20",
            "--tasks",
            "500",
            "--arrivals",
            "poisson 0.2");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).contains("cloud-only", "edge-only", "500 tasks");
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv"))).hasSize(3);
    assertThat(List.of("tasks.csv", "run.json", "report.html"))
        .allSatisfy(f -> assertThat(folder.resolve("out").resolve(f)).isNotEmptyFile());
  }

  @Test
  void simulate_sameSeed_givesTheSameSummary() throws IOException {
    simulate("--scenario", "iot-4g", "--tasks", "300");
    String first = Files.readString(folder.resolve("out/summary.csv"));
    simulate("--scenario", "iot-4g", "--tasks", "300", "--overwrite");
    String second = Files.readString(folder.resolve("out/summary.csv"));
    simulate("--scenario", "iot-4g", "--tasks", "300", "--seed", "2", "--overwrite");
    String other = Files.readString(folder.resolve("out/summary.csv"));

    assertThat(second).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void simulate_outUsedBefore_isRefusedInOneLineWithTheRemedy() throws IOException {
    simulate("--tasks", "20");
    String before = Files.readString(folder.resolve("out/run.json"));

    assertThat(simulate("--tasks", "30")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(in("out"), "--overwrite");
    assertThat(folder.resolve("out/run.json")).hasContent(before);
  }

  @Test
  void simulate_failsBeforeTheFirstTask_leavesNoFolder() {
    assertThat(simulate("--tasks", "20", "--trace", in("none.csv"))).isEqualTo(1);

    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void simulate_strategyWithACheckpoint_isClosedSoThatWhatItLearnedIsKept() {
    int code =
        simulateUsual(
            "--scenario",
            "iot-4g",
            "--strategies",
            "dt",
            "--tasks",
            "20",
            "-O",
            "dt.checkpoint=" + in("dt.json"));

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(folder.resolve("dt.json")).isNotEmptyFile();
  }

  @Test
  void simulate_aboveCapacity_warnsWithTheUtilisationAndDrops() {
    int code = simulate("--scenario", "iot-wifi", "--arrivals", "poisson 100000", "--queue", "5");

    assertThat(code).isZero();
    assertThat(err.toString()).contains("utilisation up to", "were dropped");
  }

  @Test
  void simulate_malformedTrace_namesFileAndLine() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "0.1\n0.2\nlater\n");

    int code = simulate("--trace", in("trace.csv"));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("trace.csv, line 3: 'later'", "expected a number");
  }

  @Test
  void simulate_zeroRate_isWrongUsage() {
    assertThat(simulate("--arrivals", "poisson 0")).isEqualTo(2);
    assertThat(err.toString()).contains("positive, not 0");
  }

  @Test
  void simulate_cloudLoadThatIsNoLoad_isWrongUsage() {
    assertThat(simulate("--cloud-load", "much")).isEqualTo(2);
    assertThat(err.toString()).contains("'much'", "15/s of 20ms");
  }

  @Test
  void simulate_fleetWithoutNames_leavesOutWhatCannotPlanForItAndSaysSo() {
    int code = simulateUsual("--scenario", "iot-wifi", "--edges", "100", "--tasks", "200");

    assertThat(code).isZero();
    assertThat(err.toString())
        .contains("legodnn is left out: it plans for at most 64 edges", "ddpg is left out");
    assertThat(out.toString())
        .contains("neurosurgeon", "║ dt")
        .doesNotContain("║ legodnn", "║ ddpg");
  }
}
