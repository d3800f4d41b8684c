package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategiesTest {
  private final List<String> closed = new ArrayList<>();

  private record Named(String name, Standing standing, int mostEdges, OffloadStrategy makes)
      implements StrategyProvider {
    @Override
    public String summary() {
      return "a test's";
    }

    @Override
    public OffloadStrategy create(StrategyContext context) {
      if (makes == null) {
        throw new RunFailure(name + " cannot");
      }
      return makes;
    }
  }

  private OffloadStrategy strategy(String name) {
    return new OffloadStrategy() {
      @Override
      public List<Component> components() {
        return List.of();
      }

      @Override
      public Route route(Task task, SystemView view) {
        throw new IllegalStateException("asks nobody");
      }

      @Override
      public double expectedAccuracy(Route route) {
        return 1;
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private StrategyProvider provider(String name, Standing standing, int mostEdges) {
    return new Named(name, standing, mostEdges, strategy(name));
  }

  private static StrategyContext context(Map<String, String> options) {
    return new StrategyContext(
        ResNets.resnet18(10, 8, Shape.of(3, 32, 32)),
        new ModelProfile("cifar10", 1, "p", null, Map.of(), null, List.of(), null, 1),
        FakeNetworks.scenario(1, 0),
        options);
  }

  @Test
  void defaults_followRoleAndOrderAsDeclared() {
    Strategies known =
        new Strategies(
            List.of(
                provider("a", Standing.reference(1), 9),
                provider("b", Standing.studied(2), 9),
                provider("c", Standing.ON_REQUEST, 9),
                provider("d", Standing.studied(1).asYardstick(), 1)));

    assertThat(known.defaults(1, 1)).containsExactly("d", "b", "a");
    assertThat(known.defaults(2, 1)).containsExactly("b", "a");
    assertThat(known.leftOut(2, 1)).singleElement().asString().startsWith("d is left out");
    assertThat(known.yardstick()).isEqualTo("d");
  }

  @Test
  void onClassPath_laboratorysOwn_haveTheirUsualOrder() {
    assertThat(Strategies.onClassPath().defaults(1, 1))
        .containsExactly("legodnn", "ddpg", "dt", "cloud-only", "edge-only", "neurosurgeon");
    assertThat(Strategies.onClassPath().yardstick()).isEqualTo("legodnn");
  }

  @Test
  void leftOut_moreEdgesThanCoresOfTheCloud_namesWhoNeedsThemAndWhy() {
    Strategies known = Strategies.onClassPath();

    assertThat(known.leftOut(2, 2)).isEmpty();
    assertThat(known.defaults(3, 2))
        .containsExactly("legodnn", "dt", "cloud-only", "edge-only", "neurosurgeon");
    assertThat(known.leftOut(3, 2))
        .containsExactly(
            "ddpg is left out: it gives each of the 3 edges at least 1 of the cloud's cores, which are 2 (it takes part with --edges 2)");
  }

  @Test
  void idle_settingOfAnAbsentStrategy_isNamed() {
    Strategies known = Strategies.onClassPath();
    Map<String, String> settings = Map.of("dt.alpha", "1");

    assertThat(known.idle(settings, List.of("legodnn"))).containsExactly("dt.alpha");
    assertThat(known.idle(settings, List.of("legodnn", "dt"))).isEmpty();
    assertThat(known.idle(Map.of("ddpg.preset", "default"), List.of("ddpg-oracle"))).isEmpty();
  }

  @Test
  void create_oneCannot_closesThoseThatWereMade() {
    Strategies known =
        new Strategies(
            List.of(
                provider("a", Standing.ON_REQUEST, 1),
                new Named("b", Standing.ON_REQUEST, 1, null)));

    assertThatThrownBy(() -> known.create(List.of("a", "b"), context(Map.of())))
        .isInstanceOf(RunFailure.class)
        .hasMessage("b cannot");
    assertThat(closed).containsExactly("a");
  }

  @Test
  void create_closed_closesEveryStrategy() {
    Strategies known =
        new Strategies(
            List.of(provider("a", Standing.ON_REQUEST, 1), provider("b", Standing.ON_REQUEST, 1)));

    known.create(List.of("a", "b"), context(Map.of())).close();

    assertThat(closed).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void written_checkpointsAndLogs_areKnownAsFiles() {
    assertThat(
            Strategies.onClassPath()
                .written(Map.of("dt.checkpoint", "x", "ddpg.log", "y", "dt.alpha", "1")))
        .containsExactlyInAnyOrder("dt.checkpoint", "ddpg.log");
  }

  @Test
  void ofTool_everyLauncherOfAStrategy_isFound() {
    Strategies known = Strategies.onClassPath();

    assertThat(List.of("legodnn", "ddpg-dec-dnn-io", "dt-assisted"))
        .extracting(tool -> known.ofTool(tool).name())
        .containsExactly("legodnn", "ddpg", "dt");
    assertThatThrownBy(() -> known.ofTool("bench"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("bin/bench");
  }

  @Test
  void checkOptions_withoutAStrategy_isRefused() {
    assertThatThrownBy(() -> Strategies.onClassPath().checkOptions(Map.of("ratio", "1")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'ratio'");
  }
}
