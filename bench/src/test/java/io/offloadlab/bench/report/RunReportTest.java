package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offloadlab.bench.metric.Column;
import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.Samples;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.bench.run.Repeats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class RunReportTest {
  static final RunDescription RUN =
      new RunDescription(
          List.of("bench", "compare", "--acc", "0.5"),
          "2026-01-01T00:00:00Z",
          "0.1.0",
          Map.of("java", "17"),
          "resnet18",
          "cifar10",
          Map.of("backbone.safetensors", "00ff"),
          "test images",
          FakeNetworks.scenario(1, 0.5),
          Map.of(),
          List.of(Entry.of("legodnn"), new Entry("other", "legodnn", Map.of("legodnn.ratio", "1"))),
          Map.of("tight", "no room"),
          new ImageUse("selection", "report"),
          2,
          1,
          FakeNetworks.view(),
          List.of());

  @TempDir Path folder;

  private void write(ValidationRow... validation) {
    List<StrategyResult> results =
        List.of(
            TestResults.withLatencies("legodnn", 10, 10),
            TestResults.withLatencies("other", 15, 15));
    new RunReport(folder).write(RUN, "legodnn", results, RUN.view(), List.of(validation));
  }

  @Test
  @DisplayName(
      "the columns that scripts read keep their names and places; new ones come after them")
  void write_summary_beginsWithTheContractsColumns() throws IOException {
    write();

    assertThat(Files.readAllLines(folder.resolve("summary.csv")).get(0))
        .startsWith(
            "strategy,batch,acc_threshold,tasks,accuracy,accuracy_source,latency_mean_ms,"
                + "latency_p50_ms,latency_p95_ms,latency_p99_ms,edge_ms,cloud_ms,uplink_ms,"
                + "downlink_ms,queue_ms,mflops,size_mib,tasks_per_s");
  }

  @Test
  void write_tasks_hasALinePerTaskOfEveryStrategy() throws IOException {
    write();

    assertThat(Files.readAllLines(folder.resolve("tasks.csv"))).hasSize(1 + 4);
  }

  @Test
  void write_tasks_keepsNumbersInFullAndQuotesWhatHoldsBlanks() throws IOException {
    write();

    assertThat(Files.readAllLines(folder.resolve("tasks.csv")).get(1))
        .startsWith("legodnn,0,edge-1,1,1,10.0,0.0,9.0,0.25,0.5,0.25,")
        .contains(",\"root>block-0");
  }

  @Test
  void write_summary_isMarkdownAndLatexToo() throws IOException {
    write();

    assertThat(folder.resolve("summary.md"))
        .content()
        .contains("| strategy | accuracy | 95% | mean ms | 95% | p50 |")
        .contains("| --- | ---: | --- | ---: | --- | ---: |")
        .contains("| other | 100.00% | 34.2 to 100.0 | 15.00 | - |")
        .contains("| strategy | edge ms |");
    assertThat(folder.resolve("summary.tex"))
        .content()
        .contains("\\begin{tabular}{lrlrlr")
        .contains("other & 100.00\\% & 34.2 to 100.0 & 15.00 &");
  }

  @Test
  void read_tasks_givesBackTheTableThatWasWritten() throws IOException {
    write();

    Table tasks = CsvTables.read(folder.resolve("tasks.csv"), Metrics.ofTasks());

    assertThat(tasks.rowCount()).isEqualTo(4);
    assertThat(tasks.columnNames()).isEqualTo(Metrics.ofTasks().stream().map(Column::key).toList());
    assertThat(tasks.doubleColumn("latency_ms").asList()).containsExactly(10.0, 10.0, 15.0, 15.0);
    assertThat(tasks.stringColumn("route").get(0)).startsWith("root>block-0");
  }

  @Test
  void write_throughput_isThereWithoutBeingNamedAgain() throws IOException {
    write();

    Table summary = CsvTables.read(folder.resolve("summary.csv"), Metrics.ofStreams());
    assertThat(summary.doubleColumn("tasks_per_s").get(0)).isEqualTo(100);
    assertThat(List.of("summary.md", "report.html"))
        .allSatisfy(
            f -> assertThat(folder.resolve(f)).content().contains("tasks/s", "100.0", "66.7"));
  }

  @Test
  void write_run_holdsScenarioAndView() throws IOException {
    write();

    JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
    assertThat(run.at("/scenario/accuracyThreshold").doubleValue()).isEqualTo(0.5);
    assertThat(run.at("/view/nodes")).hasSize(3);
    assertThat(run.at("/strategies/1/summary/latency_mean_ms").doubleValue()).isEqualTo(15);
  }

  @Test
  void write_run_holdsEntriesWithTheirSettings() throws IOException {
    write();

    JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
    assertThat(run.at("/entries/1/name").textValue()).isEqualTo("other");
    assertThat(run.at("/entries/1/strategy").textValue()).isEqualTo("legodnn");
    assertThat(run.at("/entries/1/settings").get("legodnn.ratio").textValue()).isEqualTo("1");
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("other: legodnn with legodnn.ratio&#61;1");
  }

  @Test
  @DisplayName("every table says which images chose and which report")
  void write_imageUse_isInEveryTableAndInTheRun() throws IOException {
    write();

    for (String file : List.of("summary.md", "summary.tex", "report.html")) {
      assertThat(folder.resolve(file))
          .content()
          .contains("the selection images chose, the report images report");
    }
    Table summary = CsvTables.read(folder.resolve("summary.csv"), Metrics.ofStreams());
    assertThat(summary.stringColumn("chosen_on").get(1)).isEqualTo("selection");
    assertThat(summary.stringColumn("reported_on").get(1)).isEqualTo("report");
    JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
    assertThat(run.at("/image_use/reportedOn").textValue()).isEqualTo("report");
  }

  @Test
  @DisplayName("the command is one that a shell takes as it was given")
  void shell_bracketsAndQuotes_areQuoted() {
    List<String> words =
        List.of("bin/bench", "compare", "--strategies", "a=dt[alpha=1]", "--data", "it's here");

    assertThat(RunDescription.shell(words))
        .isEqualTo("bin/bench compare --strategies 'a=dt[alpha=1]' --data 'it'\\''s here'");
  }

  @Test
  void write_report_showsRatioAndEscapesRemarks() throws IOException {
    write();

    assertThat(folder.resolve("report.html"))
        .content()
        .contains("1.50x")
        .contains("a remark &amp; more")
        .contains("figure-breakdown");
  }

  private static RunDescription repeatedTwice() {
    return new RunDescription(
        RUN.command(),
        RUN.started(),
        RUN.version(),
        RUN.machine(),
        RUN.model(),
        RUN.dataset(),
        RUN.weights(),
        RUN.images(),
        RUN.resolvedScenario(),
        RUN.options(),
        RUN.entries(),
        RUN.infeasible(),
        RUN.imageUse(),
        6,
        2,
        RUN.view(),
        List.of());
  }

  private static StrategyResult repeated(String name, int first, int... others) {
    List<StrategyResult> each = new ArrayList<>();
    each.add(TestResults.withLatencies(name, first, first + 1, first + 2, first, first, first));
    for (int ms : others) {
      each.add(TestResults.withLatencies(name, ms, ms + 1, ms + 2, ms, ms, ms));
    }
    Repeats repeats = new Repeats();
    for (int i = 0; i < each.size(); i++) {
      StrategyResult r = each.get(i);
      StreamSummary numbered = r.summary().with(i + 1, Samples.of(i + 1, r.records(), 1));
      repeats.add(List.of(StrategyResult.single(numbered, r.records(), List.of())));
    }
    return repeats.results().get(0);
  }

  @Test
  @DisplayName("of several repeats there is a line of all together, and one of each in a file")
  void write_repeats_areFiledTogetherAndOneByOne() throws IOException {
    new RunReport(folder)
        .write(
            repeatedTwice(),
            "legodnn",
            List.of(repeated("legodnn", 10, 12), repeated("other", 20, 24)),
            RUN.view(),
            List.of());

    Table all = CsvTables.read(folder.resolve("summary.csv"), Metrics.ofStreams());
    // Per repeat the mean is half above the least: 10.5, 12.5 and 20.5, 24.5.
    assertThat(all.doubleColumn("latency_mean_ms").asList()).containsExactly(11.5, 22.5);
    assertThat(all.intColumn("tasks").asList()).containsExactly(12, 12);
    assertThat(all.intColumn("repeats").asList()).containsExactly(2, 2);
    assertThat(all.intColumn("repeat").isMissing(0)).isTrue();
    assertThat(all.doubleColumn("ratio").get(1)).isEqualTo(22.5 / 11.5);
    assertThat(all.stringColumn("verdict").asList()).containsExactly("", "slower");
    assertThat(all.doubleColumn("ratio_low").get(1)).isBetween(1.8, 22.5 / 11.5);
    Table each = CsvTables.read(folder.resolve("repeats.csv"), Metrics.ofStreams());
    assertThat(each.intColumn("repeat").asList()).containsExactly(1, 1, 2, 2);
    assertThat(each.doubleColumn("latency_mean_ms").asList())
        .containsExactly(10.5, 20.5, 12.5, 24.5);
    assertThat(each.doubleColumn("ratio").get(3)).isEqualTo(24.5 / 12.5);
    Table tasks = CsvTables.read(folder.resolve("tasks.csv"), Metrics.ofTasks());
    assertThat(tasks.intColumn("repeat").asList().subList(0, 12))
        .containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2);
  }

  @Test
  void write_always_leavesNoPartialFile() throws IOException {
    write();

    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "summary.csv", "summary.md", "summary.tex", "tasks.csv", "run.json", "report.html");
    }
  }

  @Test
  void write_nothingSimulated_leavesTheValidationOut() throws IOException {
    write();

    assertThat(folder.resolve("validation.csv")).doesNotExist();
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("<h2>Simulated");
  }

  @Test
  void write_simulatedToo_hasBothLatenciesAndTheError() throws IOException {
    write(new ValidationRow("legodnn", 10, 12.5, 9.5));

    assertThat(Files.readAllLines(folder.resolve("validation.csv")))
        .containsExactly(
            "strategy,live_mean_ms,predicted_mean_ms,predicted_error,simulated_mean_ms,simulated_error",
            "legodnn,10.0,12.5,0.25,9.5,-0.050000000000000044");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("<h2>Simulated", "+25.0%", "-5.0%");
  }
}
