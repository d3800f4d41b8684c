package io.offloadlab.bench.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteRulesTest {
  private static final ModelGraph NETWORK = ResNets.resnet18(10, 8, Shape.of(3, 32, 32));
  private static final List<Component> CHAIN = FakeNetworks.CHAIN;
  private static final Task TASK = FakeNetworks.tasks(6, 1).get(5);

  private final RouteRules rules =
      new RouteRules("mine", FakeNetworks.scenario(1, 0), NETWORK, CHAIN);

  private void assertRefused(Route route, String what) {
    assertThatThrownBy(() -> rules.check(TASK, route))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("strategy 'mine' " + what)
        .hasMessageEndingWith("(task 5): this is a fault of the strategy");
  }

  @Test
  void check_wholeNetworkOnNodesThatThereAre_isTheRoute() {
    Route route = Route.split(CHAIN, 2, NodeId.edge(2), NodeId.CLOUD);

    assertThat(rules.check(TASK, route)).isSameAs(route);
  }

  @Test
  void check_noRoute_isRefused() {
    assertRefused(null, "gave no route");
  }

  @Test
  void check_nodeThatThereIsNot_isNamed() {
    assertRefused(
        Route.onOneNode(CHAIN, NodeId.edge(3)),
        "sends '%s' to edge-3, but there are 2 edge(s)".formatted(CHAIN.get(0).name()));
  }

  @Test
  void check_routeThatStopsBeforeItsEnd_isRefused() {
    assertRefused(
        Route.onOneNode(CHAIN.subList(0, 2), NodeId.CLOUD),
        "gave a route that ends with %s, but predictions are (10)"
            .formatted(CHAIN.get(1).output()));
  }

  @Test
  void check_routeThatBeginsInTheMiddle_isRefused() {
    assertRefused(
        Route.onOneNode(CHAIN.subList(1, CHAIN.size()), NodeId.CLOUD),
        "gave a route that takes %s, but images are (3, 32, 32)".formatted(CHAIN.get(1).input()));
  }

  @Test
  void check_componentThatWasNotNamed_isRefused() {
    List<Component> others =
        ResNets.resnet18(10, 4, Shape.of(3, 32, 32)).components(WeightRef.of("others"));

    assertRefused(
        Route.onOneNode(others, NodeId.CLOUD),
        "runs '%s', which it did not name among its components".formatted(others.get(0).name()));
  }
}
