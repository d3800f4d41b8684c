package io.offloadlab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.stream.TaskStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalTraceTest {
  @TempDir private Path folder;

  private List<Task> read(String content) throws IOException {
    Path file = folder.resolve("trace.csv");
    Files.writeString(file, content);
    TaskStream stream = new TaskStream(Worlds.scenario(2, new Arrivals.Sequential(), 1), 10, 100);
    List<Task> tasks = new ArrayList<>();
    new ArrivalTrace(RecordedArrivals.read(file, 2), stream).forEach(tasks::add);
    return tasks;
  }

  @Test
  void trace_givesItsTimesAndEdgesToTheStreamsTasks() throws IOException {
    List<Task> tasks = read("# seconds,edge\n0.5\n\n0.5,1\n1e1, 2\n");

    assertThat(tasks).extracting(Task::arrivalSeconds).containsExactly(0.5, 0.5, 10.0);
    assertThat(tasks)
        .extracting(Task::device)
        .containsExactly(NodeId.edge(1), NodeId.edge(1), NodeId.edge(2));
    assertThat(tasks).allSatisfy(t -> assertThat(t.source()).isEqualTo(t.device()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5\r1.5,2\r", "0.5\r\n1.5,2\r\n", "0.5\n1.5,2", "0.5\r\n\r\n1.5,2"})
  void trace_linesOfAnySystem_areLines(String content) throws IOException {
    assertThat(read(content)).extracting(Task::arrivalSeconds).containsExactly(0.5, 1.5);
  }

  @Test
  void read_lineEndsOfAnySystem_areCountedOnce() {
    assertThatThrownBy(() -> read("0.5\r\n0.6\rsoon\n")).hasMessageContaining("line 3: 'soon'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "soon | expected SECONDS or SECONDS,EDGE",
        "0x1p3 | expected SECONDS or SECONDS,EDGE",
        "2d | expected SECONDS or SECONDS,EDGE",
        "1e999 | expected 1.0E9 s or earlier",
        "1e10 | expected 1.0E9 s or earlier",
        "2;1 | expected SECONDS or SECONDS,EDGE",
        "2,5 | decimals are written with a point",
        "0.5 | expected 1.0 s or later",
        "-1 | expected SECONDS",
        "NaN | expected SECONDS",
        "2,x | expected an edge between 1 and 2",
        "2,3 | expected an edge between 1 and 2",
        "2,1,1 | expected an edge between 1 and 2"
      })
  void malformedLine_isNamedWithFileAndNumber(String line, String expected) {
    assertThatThrownBy(() -> read("# trace\n1\n" + line + "\n"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("trace.csv, line 3: '" + line + "'")
        .hasMessageContaining(expected);
  }

  @Test
  @DisplayName("a byte order mark and line ends of Windows are no part of the numbers")
  void read_fileFromWindows_isRead() throws IOException {
    List<Task> tasks = read("\uFEFF0.5\r\n1.5,2\r\n");

    assertThat(tasks).extracting(Task::arrivalSeconds).containsExactly(0.5, 1.5);
  }

  @Test
  void read_latin1_isNamedWithItsLine() throws IOException {
    Path file = folder.resolve("latin1");
    Files.write(file, "1\n# \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> RecordedArrivals.read(file, 1))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("latin1, line 2 is not UTF-8");
  }

  @Test
  void read_lineWithoutEnd_isRefusedBeforeItTakesMemory() throws IOException {
    assertThatThrownBy(() -> read("1".repeat(1 << 20)))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("line 1: '1111")
        .hasMessageContaining("expected SECONDS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n"})
  void read_noArrivals_saysSo(String content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("has no arrivals");
  }

  @ParameterizedTest
  @CsvSource({"none, there is no arrival trace", "., is a folder"})
  void read_noFile_saysWhatItIs(String name, String expected) {
    assertThatThrownBy(() -> RecordedArrivals.read(folder.resolve(name), 1))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(expected);
  }
}
