package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Scenarios that bring a network with random weights, on a small one. */
class LatencyAloneTest {
  @TempDir Path folder;

  private Path scenario;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeScenario() throws IOException {
    scenario =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            name: small
            network: vgg16-imagenet/2@32
            source: edge
            link: 8Mbit@1ms
            arrivals: sequential 2
            """);
  }

  private int run(String... words) {
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--scenario", scenario.toString()));
    all.addAll(List.of("--out", folder.resolve("out").toString()));
    return line.execute(all.toArray(String[]::new));
  }

  @Test
  @DisplayName("live: the table, the report and the files say that latency alone counts")
  void compare_networkWithRandomWeights_saysThatLatencyAloneCounts() throws IOException {
    int code = run("compare", "--in-process", "--tasks", "6");

    assertThat(err.toString()).doesNotContain("accuracy");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("random weights and generated images (latency only)")
        .contains("no accuracy")
        .contains("neurosurgeon", "cloud-only", "edge-only", "legodnn", "dt")
        .contains("ddpg is infeasible: ddpg chooses among the exits");
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("(latency only)");
    assertThat(Files.readString(folder.resolve("out/summary.md"))).contains("| - |");
    assertThat(Files.readString(folder.resolve("out/summary.csv"))).contains(",none,");
    assertThat(Files.readString(folder.resolve("out/run.json")))
        .contains("generated from seed 1", "(latency only)");
  }

  @Test
  @DisplayName("simulated from a view, it takes no weights, and a stream has a hundred tasks")
  void simulate_networkWithRandomWeights_runs() throws IOException {
    run("simulate", "--tasks", "3", "--strategies", "neurosurgeon");
    Path view = Files.move(folder.resolve("out/view.json"), folder.resolve("view.json"));

    int code = run("simulate", "--view", view.toString(), "--overwrite");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("100 tasks of 1, no accuracy");
    assertThat(Files.readString(folder.resolve("out/run.json"))).contains("\"weights\" : { }");
  }

  @Test
  void compare_accuracyAskedOfRandomWeights_isRefused() {
    int code = run("compare", "--acc", "0.7");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("random weights").contains("leave out --acc 0.7");
  }

  @Test
  void compare_anotherModelBeside_isRefused() {
    int code = run("compare", "--dataset", "cifar10");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains("scenario 'small' brings its own network")
        .contains("leave out --dataset cifar10");
  }
}
