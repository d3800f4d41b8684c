package io.offloadlab.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemViewFileTest {
  private static final SystemView VIEW =
      new SystemView(
          1,
          List.of(
              new NodeView("cloud", 1.5e10, 2, 1L << 34, Map.of("block-3@0.4", 1.0 / 3)),
              new NodeView("edge-1", 7e9, 2, 1L << 34, Map.of("block-3@0.4", 2.0 / 3))),
          List.of(new LinkView(2.36e6, Double.POSITIVE_INFINITY, 1e-4)));

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void writeAView() {
    file = directory.resolve("new").resolve("view.json");
    SystemViewFile.write(file, VIEW, "2026-01-01T00:00:00Z", "a test");
  }

  @Test
  void read_ofWhatWasWritten_isTheSameView() {
    assertThat(SystemViewFile.read(file)).isEqualTo(VIEW);
  }

  @Test
  void write_over_anOlderView_replacesItAndLeavesNothingBeside() throws IOException {
    SystemViewFile.write(file, VIEW, "2026-01-02T00:00:00Z", "another");

    assertThat(Files.readString(file)).contains("2026-01-02").contains("another");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void read_ofAMissingFile_namesIt() {
    assertThatThrownBy(() -> SystemViewFile.read(directory.resolve("none.json")))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("none.json");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"batch\" : 1', '\"batch\" : 0', batch is 0",
    "'\"batch\" : 1', '\"batch\" : \"one\"', line 5",
    "'1.5E10', '-2', flopsPerSecond of 'cloud' is -2.0",
    "'0.3333333333333333', '0', '''block-3@0.4'' on ''cloud'' is 0.0'",
    "2360000.0, 0, upBytesPerSecond of a link is 0.0",
    "1.0E-4, -1, rttSeconds of a link is -1.0",
    "'\"view\"', '\"views\"', 'view'",
    "'\"links\" : [ {', '\"links\" : [ ', line",
    "'\"links\" : [ {', '\"links\" : [ {}, {', "
  })
  void read_ofAFileThatIsNoView_saysWhatIsWrong(String part, String instead, String message)
      throws IOException {
    String good = Files.readString(file);
    assertThat(good).contains(part);
    Files.writeString(file, good.replace(part, instead));

    assertThatThrownBy(() -> SystemViewFile.read(file))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("view.json is not valid")
        .hasMessageContaining(message == null ? "" : message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_fileFromBeforeNodesCouldBeGone_everyNodeIsAvailable() throws IOException {
    String now = Files.readString(file);
    Files.writeString(file, now.replaceAll("\"available\" : true", "\"queueLength\" : 3"));

    assertThat(SystemViewFile.read(file)).isEqualTo(VIEW);
  }

  @Test
  void read_nodeThatWasGone_isGone() {
    SystemView gone = VIEW.without(NodeId.edge(1));

    SystemViewFile.write(file, gone, "now", "here");

    assertThat(SystemViewFile.read(file)).isEqualTo(gone);
  }
}
