package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench replay} and {@code bench diff}, on simulated runs. */
class ReplayTest {
  @TempDir Path folder;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void aRun() {
    FakeNetworks.writeView(folder.resolve("view.json"));
    assertThat(simulate("a", "--seed", "4", "--edge-speed", "0.5")).isZero();
    out = new StringWriter();
    err = new StringWriter();
  }

  private int simulate(String to, String... more) {
    String usual =
        "simulate --strategies cloud-only,edge-only --tasks 200 --link wifi --view %s --out %s"
            .formatted(folder.resolve("view.json"), folder.resolve(to));
    return run((usual + " " + String.join(" ", more)).strip().split(" "));
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
  @DisplayName("a simulated run comes out the same, from the view in its folder")
  void replay_ofASimulatedRun_differsInNothing() throws IOException {
    Files.delete(folder.resolve("view.json"));

    int code = run("replay", in("a"), "--out", in("b"));

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).contains("│   200 │            0 │").doesNotContain("differs");
    assertThat(Files.readString(folder.resolve("b/tasks.csv")))
        .isEqualTo(Files.readString(folder.resolve("a/tasks.csv")));
  }

  @Test
  void replay_ofARunWithCompressedTasks_readsThem() throws IOException {
    Path tasks = folder.resolve("a/tasks.csv");
    try (OutputStream zipped =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a/tasks.csv.gz")))) {
      Files.copy(tasks, zipped);
    }
    Files.delete(tasks);

    assertThat(run("replay", in("a"), "--out", in("b"))).isZero();
  }

  @Test
  void replay_ofARunThatDecidedOtherwise_failsAndShowsATask() throws IOException {
    Path tasks = folder.resolve("a/tasks.csv");
    Files.writeString(tasks, Files.readString(tasks).replaceFirst("head @cloud", "head @edge-2"));

    int code = run("replay", in("a"), "--out", in("b"));

    assertThat(code).isEqualTo(CommandLines.FAILED);
    assertThat(err.toString())
        .contains("the replay is not the run: 1 routes and 0 predictions differ")
        .hasLineCount(1);
    assertThat(out.toString()).contains("cloud-only: task 0").contains("head @edge-2, then root");
  }

  @Test
  void replay_ofAnotherToolsRun_isRefused() throws IOException {
    Path description = folder.resolve("a/run.json");
    Files.writeString(
        description, Files.readString(description).replaceFirst("\"simulate\"", "\"edge\""));

    assertThat(run("replay", in("a"), "--out", in("b"))).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString()).contains("replay runs what bin/bench compare and simulate did");
  }

  @Test
  void replay_ofNoRun_isRefused() {
    assertThat(run("replay", folder.toString())).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString()).contains("is no folder of a run: it has no run.json");
  }

  @Test
  @DisplayName("two runs side by side: settings that differ, and the ratio with its interval")
  void diff_ofTwoSeeds_showsWhatTheyWereGivenAndTook() {
    simulate("b", "--seed", "5", "--edge-speed", "0.25");
    out = new StringWriter();

    int code = run("diff", in("a"), in("b"));

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("differs: scenario.seed: 4, then 5")
        .containsPattern("edge-only .* 200 .* \\d\\.\\d{3} \\(\\d\\.\\d{3} to \\d\\.\\d{3}\\)");
  }
}
