package io.offloadlab.strategy;

import static io.offloadlab.sim.Worlds.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.sim.Worlds;
import org.junit.jupiter.api.Test;

class UnavailableNodeTest {
  private static final NodeId GONE = NodeId.edge(1);
  private static final NodeId OTHER = NodeId.edge(2);

  private final SystemView view = Worlds.view(2).without(GONE);
  private final LatencyModel model = new LatencyModel(view);

  @Test
  void without_nodeThatIsGone_keepsEverybodysNumber() {
    assertThat(view.nodeIds()).containsExactly(NodeId.CLOUD, GONE, OTHER);
    assertThat(view.node(GONE).available()).isFalse();
    assertThat(view.node(OTHER)).isEqualTo(Worlds.view(2).node(OTHER));
  }

  @Test
  void routeSeconds_overANodeThatIsGone_takesForEver() {
    assertThat(model.routeSeconds(Route.onOneNode(CHAIN, GONE), NodeId.CLOUD, 1)).isInfinite();
  }

  @Test
  void routeSeconds_pastANodeThatIsGone_isAsBefore() {
    Route route = Route.onOneNode(CHAIN, OTHER);

    assertThat(model.routeSeconds(route, NodeId.CLOUD, 1))
        .isEqualTo(new LatencyModel(Worlds.view(2)).routeSeconds(route, NodeId.CLOUD, 1));
  }
}
