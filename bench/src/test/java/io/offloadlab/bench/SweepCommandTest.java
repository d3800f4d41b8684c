package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.report.RunFiles;
import io.offloadlab.bench.run.FakeNetworks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench sweep}, from a view in a file. */
class SweepCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void view() {
    FakeNetworks.writeView(folder.resolve("view.json"));
  }

  private int sweep(String to, String... more) {
    List<String> args = new ArrayList<>(List.of("sweep", "--view", in("view.json")));
    args.addAll(List.of("--strategies", "cloud-only,edge-only", "--tasks", "30"));
    args.addAll(List.of("--out", in(to)));
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
  @DisplayName("a cell is what simulate says of the same scenario")
  void sweep_oneCell_asSimulate() throws IOException {
    int code =
        sweep("sweep", "--link", "wifi,4g", "--edge-speed", "0.5", "--seed", "3", "--acc", "0.7");
    CommandLine simulate = CommandLines.line(new Bench());
    simulate.setOut(new PrintWriter(out, true));
    simulate.setErr(new PrintWriter(err, true));
    int other =
        simulate.execute(
            ("simulate --strategies cloud-only,edge-only --tasks 30 --link 4g --edge-speed 0.5"
                    + " --seed 3 --acc 0.7 --view %s --out %s")
                .formatted(in("view.json"), in("one"))
                .split(" "));

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(other).isZero();
    List<String> cells = Files.readAllLines(folder.resolve("sweep/sweep.csv"));
    assertThat(cells).hasSize(5);
    assertThat(latency(cells.get(0), cells.get(3)))
        .isEqualTo(
            latency(
                Files.readAllLines(folder.resolve("one/summary.csv")).get(0),
                Files.readAllLines(folder.resolve("one/summary.csv")).get(1)));
    assertThat(cells.get(3)).startsWith("cloud-only,0.7,1,4g,0.5,2,3,30,");
  }

  private static String latency(String header, String row) {
    return row.split(",", -1)[List.of(header.split(",")).indexOf("latency_mean_ms")];
  }

  @Test
  void sweep_again_computesNothingAndWritesTheSame() throws IOException {
    sweep("sweep", "--seed", "1:4:1");
    String first = Files.readString(folder.resolve("sweep/sweep.csv"));

    int code = sweep("sweep", "--seed", "1:4:1", "--jobs", "1");

    assertThat(code).isZero();
    assertThat(err.toString()).contains("8 of 8 cells are done already");
    assertThat(Files.readString(folder.resolve("sweep/sweep.csv"))).isEqualTo(first);
  }

  @Test
  @DisplayName("impossible cells are told of before the first runs, and can be left out")
  void sweep_withABatchThatNoViewHas_endsOrLeavesItOut() throws IOException {
    int refused = sweep("sweep", "--batch", "1,8");

    assertThat(refused).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString())
        .contains("impossible: cloud-only batch=8: no view was measured with batch 8, but with [1]")
        .contains("2 of the grid's 4 cells cannot be run");
    assertThat(folder.resolve("sweep")).doesNotExist();

    assertThat(sweep("sweep", "--batch", "1,8", "--skip-impossible")).isZero();
    assertThat(Files.readAllLines(folder.resolve("sweep/sweep.csv"))).hasSize(3);
  }

  @Test
  void sweep_inAFolderOfAnother_isRefused() {
    sweep("sweep");

    int code = sweep("sweep", "-O", "legodnn.objective=size");

    assertThat(code).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString())
        .contains("holds a sweep with another options ({}, now {\"legodnn.objective\":\"size\"})");
  }

  @Test
  @Tag("slow")
  @DisplayName("a live cell is a compare of its own, decided from the sweep's view")
  void sweep_live_cellsRunOnNodesAndGoOn() throws IOException {
    String[] live = {"--live", "--offline", "--seed", "5"};

    int code = sweep("sweep", live);
    String table = Files.readString(folder.resolve("sweep/sweep.csv"));
    int again = sweep("sweep", live);

    assertThat(err.toString()).contains("2 of 2 cells are done already");
    assertThat(code).isZero();
    assertThat(again).isZero();
    assertThat(table.lines()).hasSize(3);
    assertThat(folder.resolve("sweep/sweep.csv")).hasContent(table);
    assertThat(RunFiles.read(folder.resolve("sweep/cells/edge-only_seed=5")).command())
        .contains("compare", "--view", "edge-only");
  }

  @Test
  void sweep_liveCellsAtTheSameTime_refused() {
    assertThat(sweep("sweep", "--live", "--jobs", "2")).isEqualTo(2);

    assertThat(err.toString()).contains("--jobs 2 with --live");
  }
}
