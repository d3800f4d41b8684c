package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.models.ModelShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are ended from outside, in processes of their own. */
@DisabledOnOs(OS.WINDOWS)
class EndedRunTest {
  private static final int ENOUGH = 30;

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void view() throws IOException {
    out = Files.createDirectory(folder.resolve("out"));
    FakeNetworks.writeView(folder.resolve("view.json"));
  }

  /** Begins a run that would take long, and comes back when some of its records are there. */
  private Process underWay() throws IOException, InterruptedException {
    try (WatchService watch = out.getFileSystem().newWatchService()) {
      WatchKey changes = out.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
      Process run =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-D%s=%s".formatted(ModelShelf.HOME, System.getProperty(ModelShelf.HOME)),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Bench.class.getName(),
                  "simulate",
                  "--view=" + folder.resolve("view.json"),
                  "--out=" + out,
                  "--tasks=100000000",
                  "--strategies=cloud-only")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      while (records() < ENOUGH) {
        assertThat(watch.poll(60, TimeUnit.SECONDS)).isNotNull();
        changes.pollEvents();
        changes.reset();
      }
      return run;
    }
  }

  private int records() throws IOException {
    Path tasks = out.resolve("tasks.csv");
    return Files.exists(tasks) ? Files.readAllLines(tasks).size() - 1 : 0;
  }

  @Test
  void killed_recordsSoFar_areThereInWholeLines() throws Exception {
    Process run = underWay();

    assertThat(run.destroyForcibly().waitFor(60, TimeUnit.SECONDS)).isTrue();

    String tasks = Files.readString(out.resolve("tasks.csv"));
    assertThat(tasks).endsWith("\n");
    int columns = tasks.lines().findFirst().orElseThrow().split(",", -1).length;
    assertThat(tasks.lines().skip(1))
        .hasSizeGreaterThanOrEqualTo(ENOUGH)
        .allSatisfy(l -> assertThat(l.split(",", -1)).hasSize(columns));
  }

  @Test
  void askedToEnd_whatWasDone_isReportedAndTheExitCodeStays() throws Exception {
    Process run = underWay();

    assertThat(run.toHandle().destroy()).isTrue();
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(run.exitValue()).isEqualTo(143);
    assertThat(Files.readString(folder.resolve("output")))
        .contains("cloud-only: the run ended early, after")
        .contains("of 100000000 tasks")
        .contains("stopped before the last task");
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readAllLines(out.resolve("summary.csv"))).hasSize(2);
    assertThat(out.resolve(".lock")).doesNotExist();
  }

  @Test
  void askedToEndAndBegunAgain_sameFolder_needsOverwrite() throws Exception {
    Process run = underWay();
    assertThat(run.destroyForcibly().waitFor(60, TimeUnit.SECONDS)).isTrue();

    String[] again = {
      "simulate",
      "--view=" + folder.resolve("view.json"),
      "--out=" + out,
      "--tasks=20",
      "--strategies=cloud-only"
    };
    assertThat(CommandLines.line(new Bench()).execute(again)).isEqualTo(2);
    String[] over = Arrays.copyOf(again, again.length + 1);
    over[again.length] = "--overwrite";
    assertThat(CommandLines.line(new Bench()).execute(over)).isZero();
  }
}
