package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bin/legodnn select}, from a view in a file. */
class SelectTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void view() {
    NodeView cloud = new NodeView("cloud", 50e9, 4, 1L << 33, Map.of());
    NodeView edge = new NodeView("edge", 12e9, 2, 1L << 33, Map.of());
    LinkView link = new LinkView(1e8, 1e8, 0.001);
    SystemViewFile.write(
        folder.resolve("view.json"),
        new MeasuredView(
            new SystemView(1, List.of(cloud, edge, edge), List.of(link, link)),
            new Emulation(List.of(1.0, 1.0, 1.0), List.of(LinkSpec.UNSHAPED, LinkSpec.UNSHAPED))),
        "now",
        "a test");
  }

  private int select(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "select",
                "--view",
                folder.resolve("view.json").toString(),
                "--dataset",
                "cifar10"));
    args.addAll(List.of(more));
    CommandLine line = CommandLines.line(new LegoDnnTool());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }

  @Test
  @DisplayName("The plan and five more are printed in order, with sizes per node, and nothing runs")
  void select_tasksAtTheCloud_printsThePlanAndTheNextFive() {
    int code = select("--acc", "0.9");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains(
            "tasks of 1 image(s) at cloud, accuracy at least 0.9: the plan is a proven optimum")
        .contains("chosen", "next 1", "next 5", "MiB by node", "block-7", "edge-1")
        .doesNotContain("next 6");
    assertThat(milliseconds()).hasSize(6).isSorted();
  }

  @Test
  @DisplayName("Of tasks at the edges, an edge's plan is one of all edges' together")
  void select_tasksAtTheEdges_printsThatOfOneEdge() {
    int code =
        select(
            "--acc",
            "0.9",
            "--source",
            "edge",
            "--memory-cloud",
            "10MiB",
            "--memory-edge",
            "8MiB",
            "--edge",
            "2",
            "--next",
            "2");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("at edge-2", "with the plans of all edges together, the plan is a proven optimum")
        .contains("next 2")
        .doesNotContain("next 3");
  }

  @Test
  void select_edgeThatThereIsNot_isWrongUsage() {
    assertThat(select("--acc", "0.9", "--source", "edge", "--edge", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("--edge is in 1..2, not 3");
  }

  @Test
  void select_accuracyOutOfReach_failsWithTheBestThereIs() {
    assertThat(select("--acc", "0.99")).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains("the best reachable is");
  }

  private List<Double> milliseconds() {
    return out.toString()
        .lines()
        .filter(line -> (line.contains("chosen") && line.contains("%")) || line.contains("next "))
        .map(line -> Double.valueOf(line.split("[║│|]", -1)[2].trim()))
        .toList();
  }
}
