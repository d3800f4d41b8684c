package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring over real connections. Nothing here says how long something may take. */
class MeasureTest {
  private static final int ENOUGH_TO_MOVE = 10;

  @TempDir private static Path directory;
  private static SmallNetwork network;
  private static TestSystem system;

  @BeforeAll
  static void start() {
    network = SmallNetwork.write(directory, 7);
    system =
        TestSystem.start(
            TestSystem.scenario(2, new LinkSpec(4e6, 4e6, 0.004)),
            directory,
            directory.resolve("cache"));
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void measure_givesEveryComponentOnEveryNode_andLinksNotFasterThanEmulated() {
    SystemView view =
        system
            .cloud()
            .measure(network.chain(), List.of(network.chain()), 2, ProfilingProgress.SILENT);

    assertThat(view.batch()).isEqualTo(2);
    assertThat(view.nodes())
        .extracting(NodeView::name)
        .containsExactly("cloud", "edge-1", "edge-2");
    for (NodeView node : view.nodes()) {
      assertThat(node.componentSeconds().keySet())
          .containsExactlyInAnyOrderElementsOf(
              network.chain().stream().map(Component::name).toList());
      assertThat(node.componentSeconds().values()).allMatch(s -> s > 0);
      assertThat(node.flopsPerSecond()).isPositive();
    }
    for (LinkView link : view.links()) {
      assertThat(link.rttSeconds()).isGreaterThanOrEqualTo(0.004);
      assertThat(List.of(link.upBytesPerSecond(), link.downBytesPerSecond()))
          .allMatch(rate -> rate > 0 && rate < 2 * 4e6);
    }
  }

  @Test
  void execute_afterMeasuring_movesTheView() {
    SystemView measured =
        system
            .cloud()
            .measure(network.chain(), List.of(network.chain()), 1, ProfilingProgress.SILENT);
    NodeId edge = NodeId.edge(1);

    for (int i = 0; i < ENOUGH_TO_MOVE; i++) {
      system
          .cloud()
          .execute(
              new Task(i, NodeId.CLOUD, edge, 0, List.of(0)),
              Route.onOneNode(network.chain(), edge),
              SmallNetwork.images(1, 3))
          .join();
    }

    SystemView after = system.cloud().view();
    assertThat(after.node(edge).componentSeconds())
        .isNotEqualTo(measured.node(edge).componentSeconds());
    assertThat(after.node(NodeId.edge(2)).componentSeconds())
        .isEqualTo(measured.node(NodeId.edge(2)).componentSeconds());
  }

  @Test
  void view_beforeMeasuring_isWhatNodesSaidOfThemselves() {
    assertThat(system.cloud().view().nodes()).allMatch(n -> n.cores() == 1);
    assertThat(system.cloud().view().nodes()).allMatch(n -> n.flopsPerSecond() > 0);
  }

  @Test
  void use_ofAViewForAnotherNumberOfEdges_isRefused() {
    SystemView other =
        new SystemView(
            1,
            List.of(new NodeView("a", 1, 1, 1, Map.of()), new NodeView("b", 1, 1, 1, Map.of())),
            List.of(new LinkView(1, 1, 0)));

    assertThatThrownBy(() -> system.cloud().use(other))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("1 edge(s) but the scenario 2");
  }
}
