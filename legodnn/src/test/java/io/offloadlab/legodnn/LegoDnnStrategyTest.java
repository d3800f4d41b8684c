package io.offloadlab.legodnn;

import static io.offloadlab.legodnn.Scenarios.MODEL;
import static io.offloadlab.legodnn.Scenarios.UNLIMITED;
import static io.offloadlab.legodnn.Scenarios.context;
import static io.offloadlab.legodnn.Scenarios.published;
import static io.offloadlab.legodnn.Scenarios.scenario;
import static io.offloadlab.legodnn.Scenarios.task;
import static io.offloadlab.legodnn.Scenarios.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.plan.Objective;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.SystemView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegoDnnStrategyTest {
  private static final SystemView EQUAL = view(50, 50, 50, 500, 500);

  @Test
  void provider_isFoundByName() {
    assertThat(ServiceLoader.load(StrategyProvider.class))
        .extracting(StrategyProvider::name)
        .contains("legodnn");
  }

  @Test
  void components_areTheBackbonesAndEveryVariant() {
    OffloadStrategy strategy = create(published(0.77), Map.of());

    assertThat(strategy.components())
        .hasSize(42)
        .extracting(Component::name)
        .doesNotHaveDuplicates();
    assertThat(strategy.components()).containsAll(context(published(0.77), Map.of()).backbone());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.77, 0.88, 0.9, 0.9041, 0.92, 0.9241})
  void route_publishedScenario_meetsThresholdAndMemory(double accuracy) {
    Scenario scenario = published(accuracy);
    OffloadStrategy strategy = create(scenario, Map.of());

    Route route = strategy.route(task(NodeId.CLOUD), EQUAL);

    assertThat(strategy.expectedAccuracy(route)).isGreaterThanOrEqualTo(accuracy - 1e-8);
    assertThat(scenario.fitsMemory(route)).isTrue();
  }

  @Test
  void route_thresholdOfTheOriginal_runsTheOriginalWithoutMargin() {
    OffloadStrategy strategy = create(published(0.9241), Map.of());

    Route route = strategy.route(task(NodeId.CLOUD), EQUAL);

    assertThat(route.components()).isEqualTo(context(published(0.9241), Map.of()).backbone());
    assertThat(strategy.expectedAccuracy(route)).isEqualTo(0.9241);
  }

  @Test
  void route_wideMargin_keepsMoreAccuracy() {
    OffloadStrategy none = create(published(0.9), Map.of("legodnn.margin", "0"));
    OffloadStrategy wide = create(published(0.9), Map.of("legodnn.margin", "0.01"));

    Route close = none.route(task(NodeId.CLOUD), EQUAL);
    Route careful = wide.route(task(NodeId.CLOUD), EQUAL);

    assertThat(none.expectedAccuracy(close)).isBetween(0.9 - 1e-8, 0.91);
    assertThat(wide.expectedAccuracy(careful)).isGreaterThanOrEqualTo(0.91 - 1e-8);
  }

  @Test
  void route_nodeThatIsGone_isPlannedAround() {
    OffloadStrategy strategy = create(published(0.77), Map.of());
    SystemView all = view(10, 100, 50, 500, 500);
    assertThat(strategy.route(task(NodeId.CLOUD), all).hops())
        .extracting(Hop::node)
        .contains(NodeId.edge(1));

    Route route = strategy.route(task(NodeId.CLOUD), all.without(NodeId.edge(1)));

    assertThat(route.hops())
        .extracting(Hop::node)
        .contains(NodeId.edge(2))
        .doesNotContain(NodeId.edge(1));
  }

  @Test
  void route_viewMovesLittle_keepsThePlan() {
    OffloadStrategy strategy = create(published(0.9), Map.of());

    Route first = strategy.route(task(NodeId.CLOUD), EQUAL);

    assertThat(strategy.route(task(NodeId.CLOUD), view(55, 45, 50, 550, 450))).isSameAs(first);
  }

  @Test
  void route_edgeBecomesSlow_plansAroundIt() {
    // given: the cloud cannot hold the network, and the first edge is the faster one
    OffloadStrategy strategy = create(scenario(true, 0.9, 3 << 20, UNLIMITED), Map.of());
    Route before = strategy.route(task(NodeId.CLOUD), view(50, 50, 40, 500, 500));

    // when
    Route after = strategy.route(task(NodeId.CLOUD), view(50, 10, 40, 500, 500));

    // then
    assertThat(nodes(before)).contains(NodeId.edge(1)).doesNotContain(NodeId.edge(2));
    assertThat(nodes(after)).contains(NodeId.edge(2)).doesNotContain(NodeId.edge(1));
  }

  @Test
  void route_batch_scalesComputeAndTransfersAlike() {
    Scenario one = published(0.9);
    Scenario many =
        new Scenario(
            "many",
            true,
            one.nodes(),
            one.links(),
            one.arrivals(),
            128,
            one.accuracyThreshold(),
            1);
    SystemView noDelay = new SystemView(1, EQUAL.nodes(), List.of(link(500e6), link(500e6)));

    Route single = create(one, Map.of()).route(task(NodeId.CLOUD), noDelay);
    Route batch = create(many, Map.of()).route(task(NodeId.CLOUD), noDelay);

    LatencyModel model = new LatencyModel(noDelay);
    assertThat(model.routeSeconds(batch, NodeId.CLOUD, 128))
        .isCloseTo(128 * model.routeSeconds(single, NodeId.CLOUD, 1), within(1e-6));
  }

  @Test
  void route_tasksAtTheEdges_togetherStayWithinTheMemory() {
    // given: 3 MiB on the cloud and 4 MiB on each edge
    long mib = 1 << 20;
    Scenario scenario = scenario(false, 0.7, 3 * mib, 4 * mib);
    OffloadStrategy strategy = create(scenario, Map.of());

    // when
    Route first = strategy.route(task(NodeId.edge(1)), EQUAL);
    Route second = strategy.route(task(NodeId.edge(2)), EQUAL);

    // then
    Map<NodeId, Long> bytes = new HashMap<>();
    Set<String> placed = new HashSet<>();
    for (Route route : List.of(first, second)) {
      route.hops().stream()
          .filter(h -> placed.add(h.toString()))
          .forEach(h -> bytes.merge(h.node(), h.component().bytes(), Long::sum));
    }
    bytes.forEach((n, b) -> assertThat(b).isLessThanOrEqualTo(scenario.memoryBudget(n)));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "1000, 0.01"})
  @DisplayName("A fleet of 1,000 edges of so many kinds is planned for, with a gap that is stated")
  void route_fleet_statesItsGap(int kinds, double mostGap) {
    // given: the cloud holds a quarter of the network, an edge 8 MiB
    long mib = 1 << 20;
    Scenario fleet = Scenarios.fleet(1000, .9, MODEL.network().parameters(), 8 * mib);
    SystemView view = Scenarios.fleetView(1000, kinds);
    OffloadStrategy strategy = create(fleet, Map.of());

    // when
    Map<NodeId, Long> bytes = new HashMap<>();
    Set<String> placed = new HashSet<>();
    for (int edge = 1; edge <= 1000; edge++) {
      Route route = strategy.route(task(NodeId.edge(edge)), view);
      assertThat(strategy.expectedAccuracy(route)).isGreaterThanOrEqualTo(.9 - 1e-8);
      route.hops().stream()
          .filter(h -> placed.add(h.toString()))
          .forEach(h -> bytes.merge(h.node(), h.component().bytes(), Long::sum));
    }

    // then
    bytes.forEach((n, b) -> assertThat(b).isLessThanOrEqualTo(fleet.memoryBudget(n)));
    assertThat(strategy.remarks())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("the plans of the 1,000 sources are together ")
        .endsWith(mostGap == 0 ? "a proven optimum" : "");
  }

  @Test
  @DisplayName("Four edges that hold the network only together with others are found to do so")
  void create_littleMemoryOnEqualEdges_isNoSearchForEver() {
    long mib = 1 << 20;
    Scenario fleet = Scenarios.fleet(4, .9, 10 * mib, 8 * mib);

    OffloadStrategy strategy = create(fleet, Map.of());

    assertThat(strategy.route(task(NodeId.edge(1)), Scenarios.fleetView(4, 1))).isNotNull();
  }

  @Test
  void route_objectiveSize_isSmallerAndNoSlowerThanOnTheCloudAlone() {
    Scenario scenario = scenario(true, 0.9, UNLIMITED, UNLIMITED);
    Route size =
        create(scenario, Map.of("legodnn.objective", "size")).route(task(NodeId.CLOUD), EQUAL);
    Route latency = create(scenario, Map.of()).route(task(NodeId.CLOUD), EQUAL);

    LatencyModel model = new LatencyModel(EQUAL);
    Route onCloud = Route.onOneNode(size.components(), NodeId.CLOUD);
    assertThat(size.sizeMib()).isLessThan(latency.sizeMib());
    assertThat(model.routeSeconds(size, NodeId.CLOUD, 1))
        .isLessThanOrEqualTo(model.routeSeconds(onCloud, NodeId.CLOUD, 1) + 1e-7);
  }

  @Test
  void options_presetPublished_isTheWeighedObjectiveWithSumsOfDropsAndNoMargin() {
    LegoDnnOptions published = LegoDnnOptions.of(Map.of("legodnn.preset", "published"));
    LegoDnnOptions written =
        LegoDnnOptions.of(
            Map.of(
                "legodnn.objective", "weighted",
                "legodnn.predictor", "additive",
                "legodnn.margin", "0"));

    assertThat(published).isEqualTo(written);
    assertThat(published.objective()).isEqualTo(new Objective.Weighted(1, 1, 1));
    assertThat(
            LegoDnnOptions.of(
                    Map.of(
                        "legodnn.preset", "published",
                        "legodnn.objective", "size",
                        "legodnn.margin", "0.01"))
                .objective())
        .isEqualTo(new Objective.Size());
  }

  @Test
  @DisplayName(
      "By the published objective, the published preset's plan is worth more than the fastest")
  void route_presetPublished_isBetterByItsObjectiveThanTheFastest() {
    Scenario scenario = scenario(true, 0.8, UNLIMITED, UNLIMITED);
    OffloadStrategy published = create(scenario, Map.of("legodnn.preset", "published"));
    Route weighed = published.route(task(NodeId.CLOUD), EQUAL);
    Route fastest =
        create(scenario, Map.of("legodnn.predictor", "additive", "legodnn.margin", "0"))
            .route(task(NodeId.CLOUD), EQUAL);
    Route original =
        create(scenario, Map.of("legodnn.margin", "1")).route(task(NodeId.CLOUD), EQUAL);

    LatencyModel model = new LatencyModel(EQUAL);
    ToDoubleFunction<Route> objective =
        r ->
            model.routeSeconds(r, NodeId.CLOUD, 1) / model.routeSeconds(original, NodeId.CLOUD, 1)
                + r.sizeMib() / original.sizeMib()
                + published.expectedAccuracy(original)
                - published.expectedAccuracy(r);
    assertThat(objective.applyAsDouble(weighed)).isLessThan(objective.applyAsDouble(fastest));
    assertThat(published.expectedAccuracy(weighed)).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void create_accuracyAboveTheOriginal_failsAtOnceWithTheBestReachable() {
    assertThatThrownBy(() -> create(published(0.93), Map.of()))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "accuracy 0.9300 is out of reach: the best reachable is 0.9241; lower --acc to that");
  }

  @Test
  void create_accuracyThatOnlyMemoryForbids_saysSo() {
    Scenario tight = scenario(true, 0.92, 4 << 20, 4 << 20);

    assertThatThrownBy(() -> create(tight, Map.of()))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("within the memory budgets (cloud 4.0 MiB, edge-1 4.0 MiB")
        .hasMessageContaining("best reachable is 0.");
  }

  @Test
  void create_noRoomForAnyNetwork_saysSo() {
    assertThatThrownBy(() -> create(scenario(true, 0.5, 1 << 20, 1 << 20), Map.of()))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("no network fits the memory budgets");
  }

  @ParameterizedTest
  @CsvSource({
    "legodnn.objectiv, size, objective",
    "legodnn.objective, speed, weighted",
    "legodnn.margin, much, auto",
    "legodnn.margin, -0.1, auto",
    "legodnn.ratio, 0, (0",
    "legodnn.predictor, oracle, additive",
    "legodnn.replan-threshold, NaN, 0 or more"
  })
  void create_badOption_isRefusedWithTheValidOnes(String name, String value, String valid) {
    assertThatThrownBy(() -> create(published(0.77), Map.of(name, value)))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(name)
        .hasMessageContaining(valid);
  }

  @Test
  void create_optionsOfOtherStrategies_areNotItsBusiness() {
    assertThat(create(published(0.77), Map.of("ddpg.preset", "published"))).isNotNull();
  }

  private static SystemView.LinkView link(double rate) {
    return new SystemView.LinkView(rate, rate, 0);
  }

  private static Set<NodeId> nodes(Route route) {
    Set<NodeId> nodes = new HashSet<>();
    route.hops().forEach(h -> nodes.add(h.node()));
    return nodes;
  }

  private static OffloadStrategy create(Scenario scenario, Map<String, String> options) {
    return new LegoDnnProvider().create(context(scenario, options));
  }
}
