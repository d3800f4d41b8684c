package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.bench.run.FakeNetworks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code bench simulate}, from a view in a file, so that nothing is measured. */
class SimulateTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void view() {
    FakeNetworks.writeView(folder.resolve("view.json"));
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
    return run(args.toArray(String[]::new));
  }

  private int run(String... args) {
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
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
  @DisplayName("a strategy entered twice is two rows, each under the name of its entry")
  void simulate_oneStrategyTwice_isInEveryFileByTheNamesOfItsEntries() throws IOException {
    int code =
        simulateUsual(
            "--scenario",
            "iot-4g",
            "--tasks",
            "20",
            "--strategies",
            "dt,mine=dt[alpha=2,hidden=[8, 8]]");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv")))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactly("strategy", "dt", "mine");
    assertThat(Files.readAllLines(folder.resolve("out/tasks.csv")))
        .filteredOn(line -> line.startsWith("mine,"))
        .hasSize(20);
    assertThat(out.toString()).contains("mine: dt with dt.alpha=2, dt.hidden=[8, 8]");
    assertThat(folder.resolve("out/report.html"))
        .content()
        .contains("mine: dt with dt.alpha&#61;2", "mine&#61;dt[alpha&#61;2,hidden&#61;[8, 8]]");
  }

  @Test
  @DisplayName("References stand last, below a rule; who has no plan is named with the reason")
  void simulate_references_areSetApartAndTheInfeasibleAreListed() throws IOException {
    int code =
        simulateUsual(
            "--scenario",
            "published",
            "--tasks",
            "20",
            "--strategies",
            "cloud-only,cloud-only-budgeted,dt");

    assertThat(code).isZero();
    List<String> lines = out.toString().lines().toList();
    int dt =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains(" dt "))
            .findFirst()
            .orElseThrow();
    assertThat(lines.get(dt + 1)).isEqualTo(lines.get(dt - 1));
    assertThat(lines.get(dt + 2)).contains(" cloud-only ");
    assertThat(out.toString())
        .contains("cloud-only-budgeted is infeasible: cloud-only-budgeted finds no room");
    JsonNode run = new JsonMapper().readTree(folder.resolve("out/run.json").toFile());
    assertThat(run.at("/infeasible/cloud-only-budgeted").textValue()).contains("--memory-cloud");
    assertThat(run.at("/entries/0/reference").booleanValue()).isTrue();
    assertThat(Files.readString(folder.resolve("out/summary.md"))).contains("| *cloud-only* |");
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv")))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactly("strategy", "cloud-only", "dt");
  }

  @Test
  @DisplayName("The shipped profile is in halves: one chooses, the other reports")
  void simulate_profileInHalves_drawsFromTheHalfThatReports() throws IOException {
    assertThat(simulate("--tasks", "20")).isZero();

    assertThat(out.toString()).contains("the selection images chose, the report images report");
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv")).get(1))
        .contains(",selection,report,");
    // By models/cifar10/profile.json: exit 7 on the selection images, not on all or the others.
    assertThat(out.toString()).contains("92.28%").doesNotContain("92.41%", "92.54%");
  }

  @Test
  void simulate_everyoneIsInfeasible_failsWithTheReason() {
    assertThat(simulateUsual("--scenario", "published", "--strategies", "cloud-only-budgeted"))
        .isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void simulate_failsBeforeTheFirstTask_leavesNoFolder() {
    assertThat(simulate("--tasks", "20", "--trace", in("none.csv"))).isEqualTo(2);

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
    assertThat(out.toString()).contains("saturated", "utilisation up to", "were dropped");
  }

  @Test
  @DisplayName(
      "what --link and --edge-speed ask for is put in the place of what the view was under")
  void simulate_linkAndSpeedBesideAView_areApplied() throws IOException {
    simulate("--overwrite", "--tasks", "20");
    double cloud = mean("cloud-only");
    double edge = mean("edge-only");

    simulate("--overwrite", "--tasks", "20", "--link", "1Mbit@100ms", "--edge-speed", "0.1");

    assertThat(err.toString()).isEmpty();
    assertThat(mean("cloud-only")).isEqualTo(cloud);
    // The images go from the cloud to the edge, and computing there takes ten times as long.
    assertThat(mean("edge-only")).isGreaterThan(9 * edge + 100);
    JsonNode view = new JsonMapper().readTree(folder.resolve("out/view.json").toFile());
    assertThat(view.at("/under/speedFactors/1").doubleValue()).isEqualTo(0.1);
    assertThat(view.at("/view/links/0/rttSeconds").doubleValue()).isEqualTo(0.101);
  }

  @Test
  @DisplayName("a run's view.json and run.json give the same run again, with nothing asked besides")
  void simulate_viewOfAnEarlierRun_isUsedUnderWhatItWasUnder() throws IOException {
    simulate("--tasks", "20", "--link", "1Mbit@100ms", "--edge-speed", "0.1", "--edges", "3");
    double edge = mean("edge-only");

    for (String file : List.of("view.json", "run.json")) {
      out.getBuffer().setLength(0);
      String earlier = in("out/" + file);
      run(
          "simulate",
          "--view",
          earlier,
          "--tasks",
          "20",
          "--out",
          in("again-" + file),
          "--strategies",
          "edge-only");

      assertThat(err.toString()).isEmpty();
      assertThat(mean("again-" + file, "edge-only")).isCloseTo(edge, within(1e-6));
      assertThat(out.toString()).contains("scenario published as " + earlier);
    }
  }

  private double mean(String strategy) throws IOException {
    return mean("out", strategy);
  }

  private double mean(String run, String strategy) throws IOException {
    JsonNode json = new JsonMapper().readTree(folder.resolve(run + "/run.json").toFile());
    for (JsonNode s : json.get("strategies")) {
      if (s.at("/summary/strategy").textValue().equals(strategy)) {
        return s.at("/summary/latency_mean_ms").doubleValue();
      }
    }
    throw new AssertionError(strategy);
  }

  @Test
  void simulate_traceWithoutTasks_runsAllItsArrivals() throws IOException {
    Files.writeString(folder.resolve("t"), "0.001\n".repeat(1500));

    simulate("--trace", in("t"));

    assertThat(out.toString()).contains("1500 tasks");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "40, 40 tasks, the first 40 are run",
    "2000, 50 tasks, 'all of them are run, not 2000'"
  })
  void simulate_traceWithOtherTasks_saysWhatIsLeftOut(String tasks, String ran, String said)
      throws IOException {
    Files.writeString(folder.resolve("t"), "1\n".repeat(50));

    simulate("--trace", in("t"), "--tasks", tasks);

    assertThat(out.toString()).contains(ran);
    assertThat(err.toString()).contains("the trace has 50 arrivals").contains(said);
  }

  @ParameterizedTest
  @CsvSource({"100/s of 20ms, 2.00 times", "15/s of 20s, 300.00 times", "50/s of 20ms, 1.00 times"})
  void simulate_othersThatFillTheCloud_areRefusedBeforeAnythingRuns(String load, String times) {
    assertThat(simulate("--cloud-load", load)).isEqualTo(2);

    assertThat(err.toString()).contains(load, times, "--queue");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void simulate_othersThatFillABoundedQueue_runs() {
    assertThat(simulate("--cloud-load", "100/s of 20ms", "--queue", "5", "--tasks", "20")).isZero();
  }

  @Test
  void simulate_othersBelowCapacity_areNotWarnedOf() {
    assertThat(simulate("--cloud-load", "20/s of 20ms", "--tasks", "20")).isZero();

    assertThat(out.toString()).doesNotContain("utilisation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5001", "100000", "2147483647"})
  void simulate_batchAboveTheDataSet_isRefused(String batch) {
    assertThat(simulate("--batch", batch, "--tasks", "2")).isEqualTo(2);

    assertThat(err.toString()).contains(batch, "5000 test images", "--batch");
  }

  @Test
  @DisplayName("a strategy over its budget is marked in table and files, and fails a strict run")
  void simulate_strategyOverItsBudget_isMarkedAndFailsAStrictRun() throws IOException {
    assertThat(simulate("--tasks", "20", "--memory-cloud", "1MiB", "--strict")).isEqualTo(1);

    assertThat(out.toString())
        .contains("over memory", "cloud-only: cloud holds ", "budget of 1.0 MiB");
    assertThat(err.toString())
        .isEqualTo("bench: --strict: the referee has something against cloud-only (over memory)\n");
    assertThat(Files.readString(folder.resolve("out/summary.csv"))).contains("over memory");
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("budget of 1.0 MiB");
    JsonNode run = new JsonMapper().readTree(folder.resolve("out/run.json").toFile());
    assertThat(run.at("/strategies/0/findings/0/mark").textValue()).isEqualTo("over memory");
    assertThat(run("table", in("out"))).isZero();
    assertThat(out.toString().substring(out.toString().indexOf("Report:"))).contains("over memory");
  }

  @Test
  @DisplayName("reference points that nobody named may exceed what they like")
  void simulate_strictWithTheUsualStrategies_leavesReferencesAlone() {
    simulateUsual(
        "--tasks", "20", "--memory-cloud", "1MiB", "--acc", "0.5", "--strict", "--edges", "70");

    assertThat(out.toString()).contains("cloud-only: cloud holds");
    assertThat(err.toString()).doesNotContain("something against cloud-only");
  }

  @Test
  void simulate_strictWithNothingFound_isFine() {
    assertThat(simulate("--tasks", "20", "--memory-cloud", "unlimited", "--strict")).isZero();
  }

  @Test
  void simulate_malformedTrace_namesFileAndLine() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "0.1\n0.2\nlater\n");

    int code = simulate("--trace", in("trace.csv"));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("trace.csv, line 3: 'later'", "expected SECONDS");
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
        .contains("ddpg is left out: it plans for at most 4 edges")
        .doesNotContain("legodnn is left out");
    assertThat(out.toString())
        .contains("║ legodnn", "neurosurgeon", "║ dt")
        .contains("the plans of the 100 sources are together ")
        .doesNotContain("║ ddpg");
  }
}
