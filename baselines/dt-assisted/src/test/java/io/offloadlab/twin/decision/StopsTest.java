package io.offloadlab.twin.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.twin.study.StudyWorld;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopsTest {
  private static final NodeId EDGE = NodeId.edge(1);

  private final Scenario world = new StudyWorld(1, 1, 1).context(0).scenario();
  private final Chains chains = Chains.of(new StudyWorld(1, 1, 1).context(0));

  private List<Stop> stops(long cloud, long edge, double threshold) {
    Scenario s =
        new Scenario(
            "budgets",
            false,
            List.of(new NodeSpec(1, cloud), new NodeSpec(1, edge)),
            world.links(),
            world.arrivals(),
            1,
            threshold,
            1);
    return Stops.of(chains, s).of(EDGE);
  }

  private long held(List<Stop> stops, boolean onCloud) {
    Set<Component> held = new HashSet<>();
    for (Stop stop : stops) {
      Route route = stop.route(chains, EDGE);
      route.hops().stream()
          .filter(h -> h.node().isCloud() == onCloud)
          .forEach(h -> held.add(h.component()));
    }
    return held.stream().mapToLong(Component::bytes).sum();
  }

  @Test
  void of_noBudgets_isEveryBoundaryOfEveryExit() {
    // Exit e branches off after b components: 0..b to upload, and one to finish.
    int all = chains.exits().stream().mapToInt(e -> e.branch() + 2).sum();

    assertThat(stops(Long.MAX_VALUE, Long.MAX_VALUE, 0)).hasSize(all);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 8, 11, 43})
  void of_budgets_holdForAllStopsTogether(long mib) {
    long budget = mib << 20;

    assertThat(held(stops(Long.MAX_VALUE, budget, 0), false)).isLessThanOrEqualTo(budget);
    assertThat(held(stops(budget, Long.MAX_VALUE, 0), true)).isLessThanOrEqualTo(budget);
  }

  @Test
  void of_tightBudget_accurateStopsComeFirst() {
    // 4 MiB have room for the exits 3 and 5 with what is before them, but not for more of exit 7.
    List<Stop> accurate = stops(0, 4 << 20, 0.9);

    assertThat(accurate).extracting(s -> s.exit().name()).contains("exit-5");
    assertThat(accurate).noneMatch(Stop::upload);
  }
}
