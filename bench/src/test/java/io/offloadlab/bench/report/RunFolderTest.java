package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final TaskRecord RECORD =
      TestResults.withLatencies("legodnn", 10).records().get(0);

  @TempDir Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  @Test
  void record_runGoesOn_linesAreThereAsTheyCome() throws Exception {
    try (RunFolder run = RunFolder.named(out(), false)) {
      run.record("legodnn", 1, RECORD);
      run.record("legodnn", 1, RECORD);
    }

    List<String> lines = Files.readAllLines(out().resolve("tasks.csv"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("strategy,task,");
    assertThat(lines.get(1)).startsWith("legodnn,0,edge-1,1,1,10.0,").isEqualTo(lines.get(2));
  }

  @Test
  void record_asTheReportHasThem_areTheSameBytes() throws Exception {
    StrategyResult result = TestResults.withLatencies("legodnn", 10, 15);
    try (RunFolder run = RunFolder.named(out(), false)) {
      result.records().forEach(r -> run.record("legodnn", 1, r));
    }
    String asTheyCame = Files.readString(out().resolve("tasks.csv"));

    new RunReport(out())
        .write(RunReportTest.RUN, "legodnn", List.of(result), RunReportTest.RUN.view(), List.of());

    assertThat(out().resolve("tasks.csv")).hasContent(asTheyCame);
  }

  @Test
  void close_noRecord_leavesNothing() {
    RunFolder.named(out(), false).close();
    RunFolder.fresh(folder.resolve("runs/run")).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void named_earlierRunsFiles_isRefusedWithTheRemedyAndTouchesNothing() throws IOException {
    Files.createDirectory(out());
    Files.writeString(out().resolve("view.json"), "an earlier run's");

    assertThatThrownBy(() -> RunFolder.named(out(), false))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("--out '%s' holds an earlier run (view.json)".formatted(out()))
        .hasMessageContaining("--overwrite");
    try (var files = Files.list(out())) {
      assertThat(files).containsExactly(out().resolve("view.json"));
    }
  }

  @Test
  void named_overwrite_removesTheEarlierRunsFilesAndNoOthers() throws IOException {
    Files.createDirectory(out());
    for (String name :
        List.of(
            "tasks.csv",
            "validation.csv",
            "experienced.json",
            ".run.json.0123456789abcdef.part",
            "notes.txt",
            "tasks.csv.bak",
            ".hidden.part")) {
      Files.writeString(out().resolve(name), "old");
    }

    try (RunFolder run = RunFolder.named(out(), true)) {
      run.record("legodnn", 1, RECORD);
    }

    try (var files = Files.list(out())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("tasks.csv", "notes.txt", "tasks.csv.bak", ".hidden.part");
    }
    assertThat(out().resolve("tasks.csv")).content().doesNotContain("old");
  }

  @Test
  void named_strangersFilesOnly_isTaken() throws IOException {
    Files.createDirectory(out());
    Files.writeString(out().resolve("notes.txt"), "mine");

    RunFolder.named(out(), false).close();

    assertThat(out().resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void named_anotherRunGoesOn_isRefusedEvenToOverwrite() {
    try (RunFolder first = RunFolder.named(out(), false)) {
      first.record("legodnn", 1, RECORD);
      assertThatThrownBy(() -> RunFolder.named(out(), true))
          .isInstanceOf(UsageError.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void file_nameThatIsNotOfARun_isADefect() {
    try (RunFolder run = RunFolder.named(out(), false)) {
      assertThatThrownBy(() -> run.file("other.csv")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
