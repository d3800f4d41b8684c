package io.offloadlab.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.Inference.Way;
import io.offloadlab.strategy.LinkSpec;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemViewFileTest {
  private static final SystemView VIEW =
      new SystemView(
          1,
          List.of(
              new NodeView("cloud", 1.5e10, 2, 1L << 34, Map.of("block-3@0.4", 1.0 / 3))
                  .with(
                      new Inference(
                          Map.of(256L, 0.5),
                          List.of(1.5),
                          Map.of("root>head", new Way("onednn", 2)))),
              new NodeView("edge-1", 7e9, 2, 1L << 34, Map.of("block-3@0.4", 2.0 / 3))),
          List.of(new LinkView(2.36e6, Double.POSITIVE_INFINITY, 1e-4)));

  private static final Emulation UNDER =
      new Emulation(List.of(1.0, 0.5), List.of(new LinkSpec(2.5e6, Double.POSITIVE_INFINITY, 0)));
  private static final MeasuredView MEASURED = new MeasuredView(VIEW, UNDER);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void writeAView() {
    file = directory.resolve("new").resolve("view.json");
    SystemViewFile.write(file, MEASURED, "2026-01-01T00:00:00Z", "a test");
  }

  @Test
  void read_ofWhatWasWritten_isTheSameView() {
    assertThat(SystemViewFile.read(file)).isEqualTo(MEASURED);
  }

  @Test
  void write_over_anOlderView_replacesItAndLeavesNothingBeside() throws IOException {
    SystemViewFile.write(file, MEASURED, "2026-01-02T00:00:00Z", "another");

    assertThat(Files.readString(file)).contains("2026-01-02").contains("another");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void read_ofAMissingFile_namesIt() {
    assertThatThrownBy(() -> SystemViewFile.read(directory.resolve("none.json")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void read_ofAFileFromBeforeComponentsRanTogether_isAViewInWhichNothingIsSaved()
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode before = json.readTree(file.toFile());
    before.at("/view/nodes").forEach(node -> ((ObjectNode) node).remove("inference"));
    json.writeValue(file.toFile(), before);

    assertThat(SystemViewFile.read(file).view().nodes())
        .allMatch(n -> n.inference().equals(Inference.UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"batch\" : 1', '\"batch\" : 0', batch is 0",
    "'\"256\" : 0.5', '\"256\" : -1', not 0 or more",
    "'\"256\" : 0.5', '\"256\" : 1e300', 'the joint of 256 bytes on ''cloud'' is 1.0E300'",
    "'\"threads\" : 2', '\"threads\" : 0', 'threads of ''root>head'' on ''cloud'' is 0'",
    "'\"threads\" : 2', '\"threads\" : 2000000', 'is 2000000, over 65536'",
    "'\"batch\" : 1', '\"batch\" : \"one\"', key 'view.batch' is 'one': expected a whole number",
    "'\"batch\" : 1', '\"batch\" : 1.5', key 'view.batch'",
    "'\"batch\" : 1', '\"batch\" : null', line",
    "'\"batch\" : 1', '\"batch\" : 1, \"batch\" : 2', uplicate",
    "'1.5E10', '\"Infinity\"', flopsPerSecond of 'cloud' is Infinity",
    "'0.3333333333333333', '\"Infinity\"', not finite",
    "'0.3333333333333333', 'null', line",
    "'1.0E-4', '\"Infinity\"', rttSeconds of a link is Infinity",
    "'\"cloud\"', 'null', line",
    "'1.5E10', '-2', flopsPerSecond of 'cloud' is -2.0",
    "'0.3333333333333333', '0', '''block-3@0.4'' on ''cloud'' is 0.0'",
    "2360000.0, 0, upBytesPerSecond of a link is 0.0",
    "1.0E-4, -1, rttSeconds of a link is -1.0",
    "1.0E-4, 1e300, rttSeconds of a link is 1.0E300",
    "2360000.0, 1e-300, upBytesPerSecond of a link is 1.0E-300",
    "'0.3333333333333333', '1e300', not in 0..1000000.0",
    "'1.5E10', 'NaN', Non-standard token",
    "'1.5E10', '1e-300', flopsPerSecond of 'cloud' is 1.0E-300",
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
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("view.json is not valid")
        .hasMessageContaining(message == null ? "" : message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_fileFromBeforeNodesCouldBeGone_everyNodeIsAvailable() throws IOException {
    String now = Files.readString(file);
    Files.writeString(file, now.replaceAll("\"available\" : true", "\"queueLength\" : 3"));

    assertThat(SystemViewFile.read(file)).isEqualTo(MEASURED);
  }

  @Test
  @DisplayName("A file that was cut off is told of by its line, not by a parser's settings")
  void read_cutOff_isRefusedInPlainWords() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));

    assertThatThrownBy(() -> SystemViewFile.read(file))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("end-of-input")
        .hasMessageNotContaining("Feature")
        .hasMessageNotContaining("Source");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "null", "{}", "{\"view\": null}", "{\"view\": {}}", "", "x", "{} {}"})
  void read_somethingElse_isRefusedInOneLine(String text) throws IOException {
    Files.writeString(file, text);

    assertThatThrownBy(() -> SystemViewFile.read(file))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("view.json is not valid")
        .hasMessageNotContaining("\n")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("java", "jackson", "offloadlab"));
  }

  @Test
  void read_viewWithoutEdges_isRefused() throws IOException {
    String text = Files.readString(file);
    int from = text.indexOf("}, {");
    Files.writeString(file, text.substring(0, from) + "} ], \"links\" : [ ] } }");

    assertThatThrownBy(() -> SystemViewFile.read(file))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("edges");
  }

  @Test
  void read_fileThatDoesNotSay_hasNoEmulation() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\"under\"", "\"otherwise\""));

    assertThat(SystemViewFile.read(file).under()).isEmpty();
  }

  @Test
  @DisplayName("a run's file is a view's, too: its scenario says what was emulated")
  void read_runJson_takesItsViewAndScenario() throws IOException {
    String view = Files.readString(file);
    Files.writeString(
        file,
        """
        {"command": ["bin/bench"], "scenario": {"name": "n", "batch": 1,
          "nodes": [{"speedFactor": 1.0, "memoryBudgetBytes": 5}, {"speedFactor": 0.25, "memoryBudgetBytes": 5}],
          "links": [{"upBytesPerSecond": 10.0, "downBytesPerSecond": "Infinity", "rttSeconds": 0.5}]},
         "view": %s
        """
            .formatted(view.substring(view.indexOf("{", view.indexOf("\"view\"")))));

    assertThat(SystemViewFile.read(file))
        .isEqualTo(
            new MeasuredView(
                VIEW,
                new Emulation(
                    List.of(1.0, 0.25), List.of(new LinkSpec(10, Double.POSITIVE_INFINITY, 0.5)))));
  }

  @Test
  void read_nodeThatWasGone_isGone() {
    SystemView gone = VIEW.without(NodeId.edge(1));

    SystemViewFile.write(file, new MeasuredView(gone, UNDER), "now", "here");

    assertThat(SystemViewFile.read(file).view()).isEqualTo(gone);
  }
}
