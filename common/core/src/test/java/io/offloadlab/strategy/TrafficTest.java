package io.offloadlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.sim.Worlds;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A chain of two components: 48 bytes in, 16 between them, 16 out. */
class TrafficTest {
  private static final NodeId ONE = NodeId.edge(1);
  private static final NodeId TWO = NodeId.edge(2);

  private static Traffic of(NodeId first, NodeId second, NodeId source, int batch) {
    Route route = new Route(List.of(new Hop(Worlds.FIRST, first), new Hop(Worlds.SECOND, second)));
    return Traffic.of(route, source, batch);
  }

  @Test
  void of_everythingAtTheSource_nothing() {
    assertThat(of(NodeId.CLOUD, NodeId.CLOUD, NodeId.CLOUD, 1)).isEqualTo(new Traffic(0, 0));
    assertThat(of(ONE, ONE, ONE, 9)).isEqualTo(new Traffic(0, 0));
  }

  @Test
  @DisplayName("images of a device go up, what comes out comes down, for the whole batch")
  void of_deviceToCloud_imagesUpPredictionDown() {
    assertThat(of(NodeId.CLOUD, NodeId.CLOUD, ONE, 1)).isEqualTo(new Traffic(48, 16));
    assertThat(of(NodeId.CLOUD, NodeId.CLOUD, ONE, 10)).isEqualTo(new Traffic(480, 160));
  }

  @Test
  void of_splitNetwork_whatLiesAtTheSplit() {
    assertThat(of(ONE, NodeId.CLOUD, ONE, 1)).isEqualTo(new Traffic(16, 16));
    assertThat(of(NodeId.CLOUD, ONE, NodeId.CLOUD, 1)).isEqualTo(new Traffic(16, 16));
  }

  @Test
  @DisplayName("from edge to edge a tensor goes up and down")
  void of_twoEdges_throughTheCloud() {
    assertThat(of(ONE, TWO, ONE, 1)).isEqualTo(new Traffic(32, 32));
  }
}
