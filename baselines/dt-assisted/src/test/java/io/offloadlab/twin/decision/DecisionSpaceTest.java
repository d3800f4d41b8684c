package io.offloadlab.twin.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.study.StudyWorld;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecisionSpaceTest {
  private static final NodeId EDGE = NodeId.edge(1);
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));
  private static final StudyWorld WORLD = new StudyWorld(10, 1, 10);
  private final StrategyContext context = WORLD.context(0);
  private final Chains chains = Chains.of(context);

  private DecisionSpace space(boolean prune) {
    return DecisionSpace.of(
        chains,
        context.scenario(),
        Stops.of(chains, context.scenario()),
        WORLD.view(),
        EDGE,
        1,
        SETTINGS.energy(),
        SETTINGS.beta(),
        prune);
  }

  @Test
  void idleSeconds_areWhatTheLatencyModelPredictsForTheRoute() {
    LatencyModel model = new LatencyModel(WORLD.view());
    for (Action a : space(false).all()) {
      List<Component> chain = chains.chain(a.exit());
      Route route =
          Route.split(chain, a.upload() ? a.boundary() : chain.size(), EDGE, NodeId.CLOUD);

      assertThat(a.idleSeconds())
          .as(a.toString())
          .isCloseTo(model.routeSeconds(route, EDGE, 1), within(1e-9));
    }
  }

  @Test
  void all_keepsToTheDevicesMemory() {
    // 8 MiB hold the exits 3 and 5 with what is before them, but not layer 4.
    assertThat(space(false).all())
        .filteredOn(a -> !a.upload())
        .extracting(a -> a.exit().name())
        .containsExactlyInAnyOrder("exit-3", "exit-5");
  }

  @Test
  void pruning_leavesOutOnlyWhatIsNeverBetter() {
    DecisionSpace pruned = space(true);
    List<Action> all = space(false).all();
    Utility utility = new Utility(1, SETTINGS.beta());
    SplittableRandom random = new SplittableRandom(1);

    assertThat(pruned.pruned()).isEqualTo(all.size() - pruned.all().size()).isPositive();
    for (int i = 0; i < 2000; i++) {
      double uplinkFree = random.nextDouble() * 0.5;
      double cloudFree = random.nextDouble() * 0.5;
      int waiting = random.nextInt(5);
      double best = best(all, utility, uplinkFree, cloudFree, waiting);
      double kept = best(pruned.all(), utility, uplinkFree, cloudFree, waiting);
      assertThat(kept).isCloseTo(best, within(1e-9));
    }
  }

  private static double best(
      List<Action> actions, Utility u, double uplinkFree, double cloudFree, int waiting) {
    return actions.stream()
        .mapToDouble(
            a ->
                u.of(
                    a,
                    waiting * a.hold(),
                    Math.max(0, uplinkFree - a.reach()),
                    Math.max(0, cloudFree - a.reach())))
        .max()
        .orElseThrow();
  }
}
