package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.bench.figure.ChartFile;
import io.offloadlab.bench.figure.Figures;
import io.offloadlab.bench.figure.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedrawnReportTest {
  private static final List<StrategyResult> RESULTS =
      List.of(
          TestResults.withLatencies("zebra", 10, 12, 9),
          TestResults.withLatencies("ant", 15, 14, 16));

  @TempDir Path folder;

  @BeforeEach
  void aRun() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    new RunReport(folder.resolve("run"))
        .write(RunReportTest.RUN, "zebra", RESULTS, RunReportTest.RUN.view(), List.of());
  }

  @Test
  @DisplayName("what is drawn from files is what was drawn from memory")
  void of_filesOfARun_tracesOfItsResults() {
    List<Trace> read = Traces.of(RunFiles.read(folder.resolve("run")), "");

    assertThat(Figures.of(read))
        .usingRecursiveComparison()
        .isEqualTo(Figures.of(RESULTS.stream().map(Traces::of).toList()));
  }

  @Test
  void write_ofTwoRuns_everyFigureInEveryForm() throws IOException {
    Files.createDirectories(folder.resolve("other"));
    new RunReport(folder.resolve("other"))
        .write(RunReportTest.RUN, "zebra", RESULTS, RunReportTest.RUN.view(), List.of());

    new RedrawnReport(
            List.of(RunFiles.read(folder.resolve("run")), RunFiles.read(folder.resolve("other"))))
        .write(
            folder.resolve("out"),
            List.of(ChartFile.SVG, ChartFile.CSV),
            List.of(TableFile.CSV, TableFile.MD, TableFile.TEX));

    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(1 + 6 * 2 + 2 * 3 * 3);
    }
    assertThat(folder.resolve("out/report.html"))
        .content()
        .contains(
            "<title>OffloadLab: 2 runs</title>",
            "run: zebra",
            "other: ant",
            "<td class=\"text\">zebra</td>");
    assertThat(Files.readAllLines(folder.resolve("out/distribution.csv"))).hasSize(1 + 4 * 3);
    assertThat(Files.readAllLines(folder.resolve("out/run-by-device.csv"))).hasSize(1 + 2 * 2);
    assertThat(folder.resolve("out/other-by-decision.md"))
        .content()
        .contains("| zebra | exit | head | 3 | 100.00% |", "| ant | split | none | 3 | 100.00% |");
  }

  @Test
  void read_ofAFolderWithoutTasks_saysWhatIsMissing() throws IOException {
    ObjectNode nothing = JsonMapper.builder().build().createObjectNode();
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("empty/run.json"), nothing.toString());

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> RunFiles.read(folder.resolve("empty"))))
        .hasMessageContaining("it has no tasks.csv");
  }
}
