package io.offloadlab.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.progress.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that are kept, left, tried again and written down. */
class SweepTest {
  private static final List<Cell> CELLS =
      IntStream.rangeClosed(1, 20)
          .mapToObj(i -> new Cell("s", i / 100.0, null, "wifi", null, null, (long) i))
          .toList();

  @TempDir Path folder;

  private final Queue<Cell> computed = new ConcurrentLinkedQueue<>();

  private Map<String, Object> square(Cell cell) {
    computed.add(cell);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("edges", 2);
    values.put("latency_mean_ms", Math.pow(cell.accuracy(), 2));
    values.put("accuracy_low", null);
    values.put("referee", "over memory, saturated");
    return values;
  }

  private String sweep(CellFunction function, List<Cell> cells) throws IOException {
    try (SweepFolder files = SweepFolder.open(folder, null);
        CellJournal journal = CellJournal.open(folder)) {
      Sweep sweep = new Sweep(function, journal, 2);
      sweep.run(sweep.pending(cells), result -> {}, new StopSignal());
      files.write(CELLS, journal);
    }
    return Files.readString(folder.resolve("sweep.csv"));
  }

  @Test
  void run_allCells_oneRowEachInTheGridsOrder() throws IOException {
    List<String> rows = sweep(this::square, CELLS).lines().toList();

    assertThat(rows).hasSize(21);
    assertThat(rows.get(0))
        .isEqualTo(
            "strategy,acc_threshold,batch,link,edge_speed,edges,seed,latency_mean_ms,accuracy_low,referee,failure");
    assertThat(rows.get(3))
        .isEqualTo("s,0.03,,wifi,,2,3,%s,,\"over memory, saturated\",".formatted(0.03 * 0.03));
  }

  @Test
  @DisplayName("what was killed within a line goes on with the unfinished cells, to the same bytes")
  void run_afterAKillWithinALine_computesTheRestAlone() throws IOException {
    String whole = sweep(this::square, CELLS);
    Path journal = folder.resolve(CellJournal.FILE);
    List<String> lines = Files.readAllLines(journal);
    Files.writeString(
        journal, String.join("\n", lines.subList(0, 7)) + "\n" + lines.get(7).substring(0, 20));
    computed.clear();

    String again = sweep(this::square, CELLS);

    assertThat(computed).hasSize(13).doesNotHaveDuplicates();
    assertThat(again).isEqualTo(whole);
  }

  @Test
  void run_aCellThatFails_isKeptWithItsReasonAndTriedAgain() throws IOException {
    Cell bad = CELLS.get(4);
    CellFunction failing =
        cell -> {
          if (cell.equals(bad)) {
            throw new RunFailure("no plan keeps to 0.05");
          }
          return square(cell);
        };
    assertThat(sweep(failing, CELLS)).contains("s,0.05,,wifi,,,5,,,,no plan keeps to 0.05");
    computed.clear();

    assertThat(sweep(this::square, CELLS)).doesNotContain("no plan");

    assertThat(computed).containsExactly(bad);
  }

  @Test
  @DisplayName("what accuracy costs is drawn as the mean over seeds")
  void write_ofSeveralThresholdsAndSeeds_curves() throws IOException {
    List<Cell> cells =
        List.of(.7, .8).stream()
            .flatMap(a -> List.of(1L, 2L).stream().map(s -> cell(a, s)))
            .toList();
    try (SweepFolder files = SweepFolder.open(folder, null);
        CellJournal journal = CellJournal.open(folder)) {
      new Sweep(c -> Map.of("latency_mean_ms", c.accuracy() * 10 + c.seed()), journal, 1)
          .run(cells, result -> {}, new StopSignal());
      files.write(cells, journal);
    }

    assertThat(Files.readAllLines(folder.resolve("curves.csv")))
        .containsExactly("series,x,y,size", "s,0.7,8.5,", "s,0.8,9.5,");
    assertThat(folder.resolve("curves.svg")).isNotEmptyFile();
  }

  private static Cell cell(double accuracy, long seed) {
    return new Cell("s", accuracy, null, null, null, null, seed);
  }

  @Test
  void run_stoppedFromWithin_startsNoOtherCell() {
    StopSignal stop = new StopSignal();
    try (CellJournal journal = CellJournal.open(folder)) {
      new Sweep(this::square, journal, 1).run(CELLS, result -> stop.request(), stop);
    }

    assertThat(computed).hasSize(1);
  }

  @Test
  void open_aLineThatIsNoCell_namesFileAndLine() throws IOException {
    sweep(this::square, CELLS.subList(0, 2));
    Files.writeString(
        folder.resolve(CellJournal.FILE), "{\"key\": 1,\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> CellJournal.open(folder))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("cells.jsonl', line 3 is no finished cell");
  }

  private record Facts(int tasks) {}

  @Test
  void begin_inAFolderOfOtherCells_isRefusedNamingWhatDiffers() {
    try (SweepFolder files = SweepFolder.open(folder, null)) {
      files.begin(new Facts(50), Map.of());
      files.begin(new Facts(50), Map.of("jobs", 2));

      assertThatThrownBy(() -> files.begin(new Facts(60), Map.of()))
          .isInstanceOf(UsageError.class)
          .hasMessageContaining("a sweep with another tasks (50, now 60): name another folder");
    }
  }
}
