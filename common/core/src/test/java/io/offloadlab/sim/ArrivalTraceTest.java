package io.offloadlab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.stream.TaskStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalTraceTest {
  @TempDir private Path folder;

  private List<Task> read(String content) throws IOException {
    Path file = folder.resolve("trace.csv");
    Files.writeString(file, content);
    TaskStream stream = new TaskStream(Worlds.scenario(2, new Arrivals.Sequential(), 1), 10, 100);
    List<Task> tasks = new ArrayList<>();
    try (ArrivalTrace trace = new ArrivalTrace(file, stream, 2)) {
      trace.forEach(tasks::add);
    }
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
  @CsvSource(
      delimiter = '|',
      value = {
        "soon | expected a number of seconds",
        "0.5 | expected 1.0 s or later",
        "-1 | expected 1.0 s or later",
        "NaN | expected 1.0 s or later",
        "2,x | expected an edge's number",
        "2,3 | expected an edge between 1 and 2",
        "2,1,1 | expected SECONDS or SECONDS,EDGE"
      })
  void malformedLine_isNamedWithFileAndNumber(String line, String expected) {
    assertThatThrownBy(() -> read("# trace\n1\n" + line + "\n"))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("trace.csv, line 3: '" + line + "'")
        .hasMessageContaining(expected);
  }

  @Test
  void missingFile_isARunFailure() {
    assertThatThrownBy(() -> new ArrivalTrace(folder.resolve("none"), List.of(), 1))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("there is no arrival trace");
  }
}
