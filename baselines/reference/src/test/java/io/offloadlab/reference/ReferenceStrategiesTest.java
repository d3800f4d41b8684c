package io.offloadlab.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.Infeasible;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceStrategiesTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final double ACCURACY = 0.92;
  private static final ModelGraph NETWORK = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
  private static final NodeId EDGE = NodeId.edge(1);
  private static final LinkView FAST = new LinkView(1e9, 1e9, 0);

  @Test
  void providers_areFoundByName() {
    assertThat(ServiceLoader.load(StrategyProvider.class))
        .extracting(StrategyProvider::name)
        .contains("cloud-only", "cloud-only-budgeted", "edge-only", "neurosurgeon", "oracle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cloud-only", "cloud-only-budgeted", "edge-only", "neurosurgeon", "oracle"})
  void create_thresholdAboveTheNetwork_failsWithTheBestReachable(String name) {
    assertThatThrownBy(() -> create(name, scenario(true, 0.93, UNLIMITED, UNLIMITED)))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("0.9300")
        .hasMessageContaining("0.9200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cloud-only", "cloud-only-budgeted", "edge-only", "neurosurgeon", "oracle"})
  void route_runsTheWholeUncompressedNetwork(String name) {
    OffloadStrategy strategy = create(name, scenario(true, ACCURACY, UNLIMITED, UNLIMITED));

    Route route = strategy.route(task(NodeId.CLOUD), view(50, 50, 50, FAST));

    assertThat(route.components()).isEqualTo(strategy.components());
    assertThat(route.flops()).isEqualTo(NETWORK.flops());
    assertThat(strategy.expectedAccuracy(route)).isEqualTo(ACCURACY);
    assertThat(strategy.remarks()).isEmpty();
  }

  @Test
  @DisplayName(
      "With a budget that the network exceeds, cloud-only runs and its budgeted form does not")
  void create_budgetedCloudWithoutRoom_isInfeasibleInALine() {
    Scenario tight = scenario(true, 0.9, NETWORK.parameters() * Float.BYTES - 1, UNLIMITED);
    Scenario wide = scenario(true, 0.9, NETWORK.parameters() * Float.BYTES, UNLIMITED);

    assertThat(create("cloud-only", tight)).isNotNull();
    assertThatThrownBy(() -> create("cloud-only-budgeted", tight))
        .isInstanceOf(Infeasible.class)
        .hasMessageContaining("the cloud's 2.7 MiB; raise --memory-cloud");
    assertThat(
            create("cloud-only-budgeted", wide)
                .route(task(NodeId.CLOUD), view(50, 50, 50, FAST))
                .hops())
        .allMatch(h -> h.node().isCloud());
  }

  @Test
  void oracle_nodeThatIsGone_isLeftAlone() {
    OffloadStrategy strategy = create("oracle", scenario(true, 0.9, 1, UNLIMITED));
    SystemView all = view(50, 1000, 10, FAST);
    assertThat(strategy.route(task(NodeId.CLOUD), all).hops())
        .extracting(Hop::node)
        .containsOnly(EDGE);

    Route route = strategy.route(task(NodeId.CLOUD), all.without(EDGE));

    assertThat(route.hops()).extracting(Hop::node).containsOnly(NodeId.edge(2));
  }

  @Test
  void edgeOnly_route_isTheTasksDevice() {
    OffloadStrategy strategy = create("edge-only", scenario(true, 0.9, UNLIMITED, UNLIMITED));

    Route route = strategy.route(task(NodeId.CLOUD), view(50, 50, 50, FAST));

    assertThat(route.hops()).extracting(Hop::node).containsOnly(EDGE);
  }

  @Test
  @DisplayName(
      "Neurosurgeon sends a task to a much faster cloud over a fast link, keeps it over a slow one")
  void neurosurgeon_route_followsTheLink() {
    Scenario scenario = scenario(false, 0.9, UNLIMITED, UNLIMITED);
    OffloadStrategy strategy = create("neurosurgeon", scenario);

    Route fast = strategy.route(task(EDGE), view(1000, 1, 1, FAST));
    Route slow = strategy.route(task(EDGE), view(1000, 1, 1, new LinkView(10, 10, 0)));

    assertThat(fast.hops()).extracting(Hop::node).containsOnly(NodeId.CLOUD);
    assertThat(slow.hops()).extracting(Hop::node).containsOnly(EDGE);
  }

  @Test
  void neurosurgeon_route_isTheBestOfAllSplits() {
    Scenario scenario = scenario(true, 0.9, 1 << 20, UNLIMITED);
    OffloadStrategy strategy = create("neurosurgeon", scenario);
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      // given
      SystemView view = random(random);
      LatencyModel model = new LatencyModel(view);

      // when
      Route route = strategy.route(task(NodeId.CLOUD), view);

      // then: every single split between the two, either side first, that fits
      double least = Double.POSITIVE_INFINITY;
      for (int split = 0; split <= strategy.components().size(); split++) {
        for (boolean cloudFirst : new boolean[] {true, false}) {
          Route other =
              Route.split(
                  strategy.components(),
                  split,
                  cloudFirst ? NodeId.CLOUD : EDGE,
                  cloudFirst ? EDGE : NodeId.CLOUD);
          if (scenario.fitsMemory(other)) {
            least = Math.min(least, model.routeSeconds(other, NodeId.CLOUD, 1));
          }
        }
      }
      assertThat(scenario.fitsMemory(route)).isTrue();
      assertThat(model.routeSeconds(route, NodeId.CLOUD, 1)).isCloseTo(least, within(1e-12));
    }
  }

  @Test
  @DisplayName(
      "With four tasks of two devices under way, the place with most work per task counts, or the task alone")
  void neurosurgeon_severalInFlight_isTheBestSplitUnderThatLoad() {
    Scenario one = scenario(false, 0.9, UNLIMITED, UNLIMITED);
    Scenario four =
        new Scenario(
            "test",
            false,
            one.nodes(),
            one.links(),
            new Arrivals.Sequential(4),
            1,
            one.accuracyThreshold(),
            1);
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      // given: a cloud and two equal devices on equal links, without joints
      double cloud = 1 + 50 * random.nextDouble();
      double edge = cloud * random.nextDouble();
      double rate = Math.pow(10, 5 + 4 * random.nextDouble());
      SystemView view = view(cloud, edge, edge, new LinkView(rate, rate, 0.002));
      OffloadStrategy strategy = create("neurosurgeon", four);
      List<Component> chain = strategy.components();

      // when
      Route route = strategy.route(task(EDGE), view);

      // then
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int split = 0; split <= chain.size(); split++) {
        double seconds = underFour(chain, split, cloud, edge, rate);
        if (seconds < least) {
          least = seconds;
          best = split;
        }
      }
      int taken = (int) route.hops().stream().filter(h -> !h.node().isCloud()).count();
      assertThat(underFour(chain, taken, cloud, edge, rate))
          .as("split %s, the best is %s", taken, best)
          .isCloseTo(least, within(1e-9));
    }
  }

  /** By hand: a device serves every second task, the cloud all of them. */
  private static double underFour(
      List<Component> chain, int split, double cloudGflops, double edgeGflops, double rate) {
    double here = 0;
    double there = 0;
    for (int i = 0; i < chain.size(); i++) {
      if (i < split) {
        here += chain.get(i).flops() / (edgeGflops * 1e9);
      } else {
        there += chain.get(i).flops() / (cloudGflops * 1e9);
      }
    }
    boolean sent = split < chain.size();
    double up = sent ? chain.get(split).input().bytes() / rate : 0;
    double down = sent ? 40 / rate : 0;
    double alone = here + there + up + down + (sent ? 0.002 : 0);
    return Math.max(alone, 4 * Math.max(there, Math.max(here, Math.max(up, down)) / 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"neurosurgeon", "oracle"})
  void route_noRoomAnywhere_failsWithTheBudgets(String name) {
    Scenario tiny = scenario(true, 0.9, 1000, 1000);

    assertThatThrownBy(() -> create(name, tiny).route(task(NodeId.CLOUD), view(1, 1, 1, FAST)))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("no room for the network's 2.7 MiB")
        .hasMessageContaining("edge-2 0.0 MiB");
  }

  @Test
  void oracle_route_equalsEnumerationOfAllPlacements() {
    Random random = new Random(11);
    List<Component> chain = Backbone.of(context(scenario(true, 0.9, 0, 0))).chain().subList(3, 10);
    long bytes = chain.stream().mapToLong(Component::bytes).sum();
    for (int i = 0; i < 40; i++) {
      // given: budgets that some placements break
      long cloud = (long) (random.nextDouble() * bytes);
      long edge = (long) ((0.5 + random.nextDouble()) * bytes);
      Scenario scenario = scenario(i % 2 == 0, 0.9, cloud, edge);
      NodeId source = i % 2 == 0 ? NodeId.CLOUD : EDGE;
      SystemView view = random(random);
      LatencyModel model = new LatencyModel(view);

      // when
      Route route = new PlacementOracle(chain, scenario, view, source, 1).best().orElseThrow();

      // then
      double least = Double.POSITIVE_INFINITY;
      for (int code = 0; code < Math.pow(3, chain.size()); code++) {
        List<Hop> hops = new ArrayList<>();
        for (int c = 0, rest = code; c < chain.size(); c++, rest /= 3) {
          hops.add(new Hop(chain.get(c), new NodeId(rest % 3)));
        }
        Route other = new Route(hops);
        double seconds = model.routeSeconds(other, source, 1);
        if (seconds < least && scenario.fitsMemory(other)) {
          least = seconds;
        }
      }
      assertThat(scenario.fitsMemory(route)).isTrue();
      assertThat(model.routeSeconds(route, source, 1)).isCloseTo(least, within(1e-12));
    }
  }

  @Test
  void oracle_route_isNeverSlowerThanTheOthers() {
    Scenario scenario = scenario(true, 0.9, UNLIMITED, UNLIMITED);
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      SystemView view = random(random);
      LatencyModel model = new LatencyModel(view);
      double oracle = seconds("oracle", scenario, view, model);
      for (String other : List.of("cloud-only", "edge-only", "neurosurgeon")) {
        assertThat(oracle).isLessThanOrEqualTo(seconds(other, scenario, view, model) + 1e-12);
      }
    }
  }

  private static double seconds(
      String name, Scenario scenario, SystemView view, LatencyModel model) {
    Route route = create(name, scenario).route(task(NodeId.CLOUD), view);
    return model.routeSeconds(route, NodeId.CLOUD, 1);
  }

  private static OffloadStrategy create(String name, Scenario scenario) {
    return ServiceLoader.load(StrategyProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow()
        .create(context(scenario));
  }

  private static StrategyContext context(Scenario scenario) {
    Map<String, ModelProfile.Exit> exits = Map.of("exit-7", new ModelProfile.Exit(ACCURACY));
    ModelProfile profile = new ModelProfile("made", 1, "", "", exits, null, List.of(), null, 1);
    return new StrategyContext(NETWORK, profile, scenario, Map.of());
  }

  private static Scenario scenario(boolean atCloud, double accuracy, long cloud, long edge) {
    return new Scenario(
        "test",
        atCloud,
        List.of(new NodeSpec(1, cloud), new NodeSpec(1, edge), new NodeSpec(1, edge)),
        List.of(LinkSpec.UNSHAPED, LinkSpec.UNSHAPED),
        new Arrivals.Sequential(),
        1,
        accuracy,
        1);
  }

  private static SystemView random(Random random) {
    double rate = Math.pow(10, 5 + 4 * random.nextDouble());
    SystemView view =
        view(
            1 + 50 * random.nextDouble(),
            1 + 50 * random.nextDouble(),
            1 + 50 * random.nextDouble(),
            new LinkView(rate, rate * (0.2 + random.nextDouble()), 0.001 * random.nextDouble()));
    return new SystemView(
        view.batch(),
        view.nodes().stream().map(n -> n.with(joints(random))).toList(),
        view.links());
  }

  /** On some nodes, what runs together saves as much as a component takes by itself. */
  private static Inference joints(Random random) {
    double most = random.nextInt(3) == 0 ? 0 : 0.002;
    Map<Long, Double> joints = new HashMap<>();
    for (long bytes : new long[] {12_288, 65_536, 32_768, 16_384, 8_192}) {
      joints.put(bytes, most * random.nextDouble());
    }
    return new Inference(joints, List.of(), Map.of());
  }

  private static SystemView view(double cloud, double edge1, double edge2, LinkView link) {
    return new SystemView(1, List.of(node(cloud), node(edge1), node(edge2)), List.of(link, link));
  }

  private static NodeView node(double gflops) {
    return new NodeView("node", gflops * 1e9, 2, 1L << 34, Map.of());
  }

  private static Task task(NodeId source) {
    return new Task(0, source, EDGE, 0, List.of(0));
  }
}
