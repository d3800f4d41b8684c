package io.offloadlab.ddpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.DevicePlan;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.environment.RandomSystems;
import io.offloadlab.ddpg.planning.ExhaustiveOracle;
import io.offloadlab.ddpg.planning.Solution;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DdpgStrategyTest {
  private static final StrategyContext CONTEXT = context(Map.of());

  private static StrategyContext context(Map<String, String> options) {
    Scenario.NodeSpec node = new Scenario.NodeSpec(1, Long.MAX_VALUE);
    return new StrategyContext(
        ResNets.resnet18(10, 64, Shape.of(3, 32, 32)),
        RandomSystems.profile(),
        new Scenario(
            "test",
            true,
            List.of(node, node, node),
            List.of(LinkSpec.UNSHAPED, LinkSpec.UNSHAPED),
            new Arrivals.Sequential(2),
            1,
            0.77,
            1),
        options);
  }

  private static SystemView view(double edgeGigaflops) {
    SystemView.NodeView cloud = new SystemView.NodeView("cloud", 1e10, 4, 0, Map.of());
    SystemView.NodeView edge = new SystemView.NodeView("edge", edgeGigaflops * 1e9, 2, 0, Map.of());
    SystemView.LinkView link = new SystemView.LinkView(1e8, 1e8, 0.001);
    return new SystemView(1, List.of(cloud, edge, edge), List.of(link, link));
  }

  private static Task task(int id) {
    return new Task(id, NodeId.CLOUD, NodeId.edge(1 + id % 2), 0, List.of(id));
  }

  private static DdpgStrategy strategy(Function<CollaborationModel, Solution> planner) {
    return new DdpgStrategy(CONTEXT, Objective.LATENCY, planner, 1, 0.2);
  }

  private static Solution solution(CollaborationModel model, String exit) {
    List<DevicePlan> plan = List.of(new DevicePlan(exit, 1, 1), new DevicePlan("exit-7", 2, 3));
    return new Solution(plan, model.worth(plan));
  }

  @Test
  void route_followsThePlanOfTheTasksDevice() {
    DdpgStrategy strategy = strategy(m -> solution(m, "exit-3"));

    Route first = strategy.route(task(0), view(5));
    Route second = strategy.route(task(1), view(5));

    assertThat(first).hasToString("root @edge-1 | exit-3 @cloud");
    assertThat(second.hops().get(0).node()).isEqualTo(NodeId.edge(2));
    assertThat(second.hops().get(9).cores()).isEqualTo(3);
    assertThat(strategy.expectedAccuracy(first)).isEqualTo(0.8105);
    assertThat(strategy.expectedAccuracy(second)).isEqualTo(0.9241);
  }

  @Test
  void route_everyRouteIsMadeOfTheComponentsThatWereAnnounced() {
    DdpgStrategy strategy = strategy(ExhaustiveOracle::solve);

    assertThat(strategy.components())
        .containsAll(strategy.route(task(0), view(5)).components())
        .extracting("name")
        .contains("exit-3", "exit-5", "head");
  }

  @Test
  void route_firstViewWithoutADevice_saysSoBeforeAnythingIsLearned() {
    DdpgStrategy strategy =
        strategy(
            m -> {
              throw new AssertionError("there is nothing to learn from");
            });

    assertThatThrownBy(() -> strategy.route(task(0), view(5).without(NodeId.edge(2))))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("edge-2 is not available");
  }

  @Test
  void route_systemHasMoved_oldPlanServesUntilTheNewOneIsReady() throws InterruptedException {
    CountDownLatch mayFinish = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    DdpgStrategy strategy =
        strategy(
            m -> {
              if (m.view().equals(view(5))) {
                return solution(m, "exit-3");
              }
              await(mayFinish);
              finished.countDown();
              return solution(m, "exit-5");
            });
    strategy.route(task(0), view(5));

    Route meanwhile = strategy.route(task(2), view(50));
    assertThat(meanwhile.components()).hasToString("[root, exit-3]");

    mayFinish.countDown();
    finished.await();
    Route later = meanwhile;
    while (later.equals(meanwhile)) {
      later = strategy.route(task(4), view(50));
    }
    assertThat(later.components())
        .hasToString("[root, block-0, block-1, block-2, block-3, exit-5]");
    assertThat(strategy.remarks())
        .singleElement()
        .asString()
        .endsWith(
            ": the system had moved, plan is now edge-1: exit-5 split 1, 1 core(s); edge-2: exit-7 split 2, 3 core(s)");
  }

  @Test
  void route_systemHasHardlyMoved_plansOnce() {
    int[] plans = new int[1];
    DdpgStrategy strategy =
        strategy(
            m -> {
              plans[0]++;
              return solution(m, "exit-3");
            });

    for (int i = 0; i < 20; i++) {
      strategy.route(task(i), view(i % 2 == 0 ? 5 : 5.1));
    }

    assertThat(plans[0]).isEqualTo(1);
  }

  @Test
  void route_reoptimisationFails_oldPlanStandsAndTheReaderIsTold() {
    DdpgStrategy strategy =
        strategy(
            m -> {
              if (m.view().equals(view(5))) {
                return solution(m, "exit-3");
              }
              throw new RunFailure("training diverged");
            });
    strategy.route(task(0), view(5));

    while (strategy.remarks().isEmpty()) {
      assertThat(strategy.route(task(2), view(50)).components()).hasToString("[root, exit-3]");
    }

    assertThat(strategy.remarks().get(0)).contains("training diverged");
  }

  @Test
  void settle_systemHasMoved_theNextTaskHasTheNewPlan() {
    DdpgStrategy strategy =
        strategy(m -> solution(m, m.view().equals(view(5)) ? "exit-3" : "exit-5"));
    strategy.route(task(0), view(5));
    strategy.route(task(1), view(50));

    strategy.settle();

    assertThat(BranchyNet.exitOf(strategy.route(task(2), view(50)).components()))
        .isEqualTo("exit-5");
  }

  @Test
  void close_planIsBeingLearned_givesItUp() throws InterruptedException {
    CountDownLatch learning = new CountDownLatch(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    DdpgStrategy strategy =
        strategy(
            m -> {
              if (m.view().equals(view(5))) {
                return solution(m, "exit-3");
              }
              learning.countDown();
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                givenUp.countDown();
              }
              throw new RunFailure("interrupted");
            });
    strategy.route(task(0), view(5));
    strategy.route(task(1), view(50));
    await(learning);

    strategy.close();

    assertThat(givenUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void services_bothStrategiesAreFoundByName() {
    assertThat(ServiceLoader.load(StrategyProvider.class))
        .extracting(StrategyProvider::name)
        .contains("ddpg", "ddpg-oracle");
  }

  @Test
  void oracle_routesByTheBestPlan() {
    OffloadStrategy oracle = new DdpgOracleProvider().create(CONTEXT);
    CollaborationModel model =
        new CollaborationModel(
            new io.offloadlab.branchynet.BranchyNet(CONTEXT.network()),
            CONTEXT.profile(),
            CONTEXT.scenario(),
            view(5),
            Objective.LATENCY);

    assertThat(oracle.route(task(1), view(5)))
        .isEqualTo(model.route(1, ExhaustiveOracle.solve(model).plan().get(1)));
  }

  @Test
  void options_objective_isThePresetsUnlessItIsGiven() {
    assertThat(DdpgOptions.of(Map.of()).preset().reward()).isEqualTo(Objective.LATENCY);
    assertThat(DdpgOptions.of(Map.of("ddpg.preset", "published")).preset().reward())
        .isEqualTo(Objective.IPLA);
    assertThat(DdpgOptions.of(Map.of("ddpg.objective", "ipla")).preset().reward())
        .isEqualTo(Objective.IPLA);
    assertThatThrownBy(() -> DdpgOptions.of(Map.of("ddpg.objective", "iplo")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("did you mean ipla?");
  }

  @Test
  void create_unknownOptionOrBadValue_isRefused() {
    assertThatThrownBy(() -> new DdpgProvider().create(context(Map.of("ddpg.presett", "x"))))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("ddpg.presett");
    assertThatThrownBy(
            () -> new DdpgProvider().create(context(Map.of("ddpg.reoptimise-every", "often"))))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("often");
    assertThatThrownBy(() -> new DdpgProvider().create(context(Map.of("ddpg.preset", "best"))))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("unknown preset 'best'");
  }
}
