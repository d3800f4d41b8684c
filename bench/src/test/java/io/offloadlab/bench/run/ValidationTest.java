package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.report.TestResults;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest {
  private static final Scenario SCENARIO = FakeNetworks.scenario(1, 0.5);

  /** Goes where the cloud's speed in its view tells it to. */
  private static final class CloudIfFast implements OffloadStrategy {
    @Override
    public List<Component> components() {
      return FakeNetworks.CHAIN;
    }

    @Override
    public Route route(Task task, SystemView view) {
      boolean fast =
          view.node(NodeId.CLOUD).flopsPerSecond()
              >= FakeNetworks.view().node(NodeId.CLOUD).flopsPerSecond();
      return Route.onOneNode(FakeNetworks.CHAIN, fast ? NodeId.CLOUD : NodeId.edge(1));
    }

    @Override
    public double expectedAccuracy(Route route) {
      return 1;
    }
  }

  private static SystemView slower(SystemView view, double factor) {
    List<NodeView> nodes =
        view.nodes().stream()
            .map(n -> n.withTimes(n.flopsPerSecond() / factor, java.util.Map.of()))
            .toList();
    return new SystemView(view.batch(), nodes, view.links());
  }

  @Test
  void of_runTwiceAsSlowAsKnown_decidesAlikeAndTakesTwiceAsLong() {
    SystemView known = slower(FakeNetworks.view(), 1);
    StrategyResult live = TestResults.withLatencies("cloud-if-fast", 10, 10);

    ValidationRow row =
        new Validation(SCENARIO, FakeNetworks.tasks(4, 1), known, slower(known, 2))
            .of(
                List.of(live.summary()),
                () -> new Entrants(List.of(new Entrant("cloud-if-fast", new CloudIfFast()))))
            .get(0);

    assertThat(row.liveMs()).isEqualTo(10);
    assertThat(row.simulatedMs()).isCloseTo(2 * row.predictedMs(), within(1e-9));
  }
}
