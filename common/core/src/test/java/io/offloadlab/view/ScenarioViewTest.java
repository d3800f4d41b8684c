package io.offloadlab.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.sim.Worlds;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioViewTest {
  @Test
  void of_slowerNode_takesLongerAndLinksAreTheScenarios() {
    Scenario scenario =
        new Scenario(
            "test",
            false,
            List.of(new NodeSpec(1, 1), new NodeSpec(0.25, 1), new NodeSpec(0.5, 1)),
            List.of(new LinkSpec(10, 20, 0.5), LinkSpec.UNSHAPED),
            new Arrivals.Sequential(),
            1,
            0,
            1);

    SystemView view = ScenarioView.of(scenario, Worlds.view(1).node(NodeId.CLOUD), 1);

    assertThat(view.node(NodeId.CLOUD).componentSeconds()).containsEntry("first", 0.5);
    assertThat(view.node(NodeId.edge(1)).componentSeconds()).containsEntry("first", 2.0);
    assertThat(view.node(NodeId.edge(2)).flopsPerSecond()).isEqualTo(0.5);
    assertThat(view.link(NodeId.edge(1))).isEqualTo(new LinkView(10, 20, 0.5));
  }

  @Test
  void repeated_moreEdgesThanMeasured_beginsAgainWithTheFirst() {
    SystemView two = Worlds.view(2);

    SystemView five = ScenarioView.repeated(two, 5);

    assertThat(five.links()).hasSize(5);
    assertThat(five.node(NodeId.edge(5))).isEqualTo(two.node(NodeId.edge(1)));
  }
}
