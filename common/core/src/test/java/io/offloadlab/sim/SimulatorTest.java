package io.offloadlab.sim;

import static io.offloadlab.sim.Worlds.CHAIN;
import static io.offloadlab.sim.Worlds.EDGE;
import static io.offloadlab.sim.Worlds.FIRST;
import static io.offloadlab.sim.Worlds.SECOND;
import static io.offloadlab.sim.Worlds.always;
import static io.offloadlab.sim.Worlds.scenario;
import static io.offloadlab.sim.Worlds.strategy;
import static io.offloadlab.sim.Worlds.task;
import static io.offloadlab.sim.Worlds.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationOptions.ServiceTimes;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.stream.TaskStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
  private static final Arrivals OPEN = new Arrivals.Poisson(1);
  private final List<TaskRecord> records = new ArrayList<>();

  private SimulationReport run(int edges, OffloadStrategy strategy, Task... tasks) {
    return run(edges, SimulationOptions.DEFAULT, strategy, List.of(tasks));
  }

  private SimulationReport run(
      int edges, SimulationOptions options, OffloadStrategy strategy, Iterable<Task> tasks) {
    return new Simulator(scenario(edges, OPEN, 1), view(edges), options)
        .run(tasks, strategy, records::add);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.7})
  void idleSystem_takesWhatTheLatencyModelPredicts(double joint) {
    SystemView view = joints(joint);
    NodeId other = NodeId.edge(2);
    List<Route> routes =
        List.of(
            Route.onOneNode(CHAIN, EDGE),
            Route.onOneNode(CHAIN, NodeId.CLOUD),
            Route.split(CHAIN, 1, EDGE, NodeId.CLOUD),
            Route.split(CHAIN, 1, EDGE, other),
            new Route(List.of(new Hop(FIRST, NodeId.CLOUD, 1), new Hop(SECOND, other))),
            new Route(List.of(new Hop(FIRST, NodeId.CLOUD, 2), new Hop(SECOND, NodeId.CLOUD, 2))),
            new Route(List.of(new Hop(FIRST, NodeId.CLOUD, 2), new Hop(SECOND, NodeId.CLOUD, 3))));
    for (Route route : routes) {
      records.clear();

      new Simulator(scenario(2, OPEN, 1), view, SimulationOptions.DEFAULT)
          .run(List.of(task(0, 7)), always(route), records::add);

      TaskRecord.Latency l = records.get(0).latency();
      double predicted = new LatencyModel(view).routeSeconds(route, EDGE, 1);
      assertThat(l.totalMs()).as(route.toString()).isCloseTo(predicted * 1e3, within(1e-6));
      assertThat(l.edgeMs() + l.cloudMs() + l.uplinkMs() + l.downlinkMs() + l.queueMs())
          .isCloseTo(l.totalMs(), within(1e-6));
    }
  }

  /** Two edges and a cloud whose components save time when they run together. */
  private static SystemView joints(double seconds) {
    Inference inference =
        new Inference(Map.of(48L, seconds / 2, 16L, seconds), List.of(3.0, 1.8, 1.2), Map.of());
    SystemView view = view(2);
    return new SystemView(
        view.batch(), view.nodes().stream().map(n -> n.with(inference)).toList(), view.links());
  }

  @Test
  void busyProcessor_servesInOrderOfArrival() {
    run(1, always(Route.onOneNode(CHAIN, EDGE)), task(0, 0), task(1, 1), task(2, 1.5));

    assertThat(records).extracting(r -> r.task().id()).containsExactly(0, 1, 2);
    assertThat(records).extracting(r -> r.latency().queueMs()).containsExactly(0.0, 2e3, 4.5e3);
  }

  @Test
  void busyUplink_sendsOneTensorAfterTheOther() {
    // given 48 bytes at 16 bytes/s: 3 s per task
    run(1, always(Route.onOneNode(CHAIN, NodeId.CLOUD)), task(0, 0), task(1, 1));

    assertThat(records.get(0).latency().uplinkMs()).isCloseTo(3100, within(1e-6));
    assertThat(records.get(1).latency().uplinkMs()).isCloseTo(5100, within(1e-6));
  }

  @Test
  void sequentialStream_startsATaskWhenTheOneBeforeItIsDone() {
    SimulationReport report =
        new Simulator(scenario(1, new Arrivals.Sequential(), 1), view(1), SimulationOptions.DEFAULT)
            .run(
                List.of(task(0, 0), task(1, 0), task(2, 0)),
                always(Route.onOneNode(CHAIN, EDGE)),
                records::add);

    assertThat(records).allSatisfy(r -> assertThat(r.latency().queueMs()).isZero());
    assertThat(report.seconds()).isEqualTo(9);
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  @DisplayName("with two in flight, the second waits while the first computes, and so on in turn")
  void sequentialStream_ofTwoInFlight_startsATaskWhenOneIsDone() {
    SimulationReport report =
        new Simulator(
                scenario(1, new Arrivals.Sequential(2), 1), view(1), SimulationOptions.DEFAULT)
            .run(
                List.of(task(0, 0), task(1, 0), task(2, 0), task(3, 0)),
                always(Route.onOneNode(CHAIN, EDGE)),
                records::add);

    // A task computes for 3 s on its device, with no way to it.
    assertThat(records)
        .extracting(r -> r.latency().queueMs())
        .containsExactly(0.0, 3000.0, 3000.0, 3000.0);
    assertThat(report.seconds()).isEqualTo(12);
  }

  @Test
  void boundedQueue_dropsAndCounts() {
    SimulationOptions one = new SimulationOptions(1, ServiceTimes.CONSTANT, BackgroundLoad.NONE);

    SimulationReport report =
        run(
            1,
            one,
            always(Route.onOneNode(CHAIN, EDGE)),
            List.of(task(0, 0), task(1, 1), task(2, 2), task(3, 3.5)));

    assertThat(records).extracting(r -> r.task().id()).containsExactly(0, 1, 3);
    assertThat(report.dropped()).isEqualTo(1);
    assertThat(report.nodes().get(1).dropped()).isEqualTo(1);
    assertThat(String.join("\n", report.warnings())).contains("1 tasks found a full queue");
  }

  @Test
  void arrivalsAboveCapacity_areWarnedOfWithTheUtilisation() {
    // given a task each second and 3 s of work per task
    List<Task> tasks = IntStream.range(0, 1001).mapToObj(i -> task(i, i)).toList();

    SimulationReport report =
        run(1, SimulationOptions.DEFAULT, always(Route.onOneNode(CHAIN, EDGE)), tasks);

    assertThat(report.warnings()).singleElement().asString().contains("edges", "up to 3.00");
  }

  @Test
  void othersAtTheCloud_makeTasksWait() {
    SimulationOptions busy = SimulationOptions.DEFAULT.with(new BackgroundLoad(0.5, 1));
    Iterable<Task> tasks =
        () -> IntStream.range(0, 20_000).mapToObj(i -> task(i, 10.0 * i)).iterator();

    SimulationReport report = run(1, busy, always(Route.onOneNode(CHAIN, NodeId.CLOUD)), tasks);

    // then a rare task waits as the M/M/1 queue of the others says: rho / (mu - lambda) = 1 s
    double wait = records.stream().mapToDouble(r -> r.latency().queueMs()).average().orElseThrow();
    assertThat(wait).isBetween(950.0, 1200.0);
    assertThat(report.nodes().get(0).utilisation()).isCloseTo(0.575, within(0.001));
  }

  @Test
  @DisplayName("a stream of few tasks is judged by its rate, not by the few that happened to come")
  void shortStream_belowCapacity_isNotWarnedOf() {
    // given a task each second, 0.5 s of work per task and 0.4 s of others per second
    SimulationOptions busy = SimulationOptions.DEFAULT.with(new BackgroundLoad(20, 0.02));
    Scenario scenario = scenario(1, new Arrivals.Poisson(1), 1);

    for (int count : List.of(1, 2, 5, 30)) {
      SimulationReport report =
          new Simulator(scenario, view(1), busy)
              .run(
                  new TaskStream(scenario, 100, count),
                  always(Route.onOneNode(CHAIN, NodeId.CLOUD)),
                  records::add);

      double own =
          new LatencyModel(view(1))
              .routeSeconds(Route.onOneNode(CHAIN, NodeId.CLOUD), NodeId.CLOUD, 1);
      assertThat(report.nodes().get(0).utilisation()).isCloseTo(own + 0.4, within(1e-9));
      assertThat(report.warnings().isEmpty()).isEqualTo(own + 0.4 <= 1);
    }
  }

  @Test
  @DisplayName("where the next task waits for the one before, others' work makes nothing grow")
  void sequentialStream_withOthersAtTheCloud_isNotWarnedOf() {
    SimulationOptions busy = SimulationOptions.DEFAULT.with(new BackgroundLoad(20, 0.02));
    Scenario scenario = scenario(1, new Arrivals.Sequential(), 1);

    SimulationReport report =
        new Simulator(scenario, view(1), busy)
            .run(
                new TaskStream(scenario, 100, 200),
                always(Route.onOneNode(CHAIN, NodeId.CLOUD)),
                records::add);

    assertThat(report.warnings()).isEmpty();
    assertThat(report.nodes().get(0).utilisation()).isBetween(0.4, 1.0);
  }

  @Test
  void equalSeeds_giveEqualRuns_andOthersDoNot() {
    List<List<TaskRecord>> runs = new ArrayList<>();
    for (long seed : List.of(3L, 3L, 4L)) {
      List<TaskRecord> out = new ArrayList<>();
      new Simulator(
              scenario(1, OPEN, seed),
              view(1),
              new SimulationOptions(10, ServiceTimes.EXPONENTIAL, new BackgroundLoad(0.2, 1)))
          .run(
              IntStream.range(0, 500).mapToObj(i -> task(i, 2.5 * i)).toList(),
              always(Route.split(CHAIN, 1, EDGE, NodeId.CLOUD)),
              out::add);
      runs.add(out);
    }

    assertThat(runs.get(0)).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
  }

  @Test
  void tasksOutOfOrder_areRefused() {
    assertThatThrownBy(() -> run(1, always(Route.onOneNode(CHAIN, EDGE)), task(0, 2), task(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("task 1 arrives at 1.0 s");
  }

  /** After 10 s as many bytes/s again are emulated, and a round trip of a second. */
  private static Scenario halvedAfterTenSeconds() {
    Scenario s = scenario(1, OPEN, 1);
    LinkChanges change =
        new LinkChanges(List.of(new LinkChanges.Change(10, new LinkSpec(16, 8, 1))));
    return new Scenario(
        s.name(),
        s.tasksAtCloud(),
        s.nodes(),
        s.links(),
        s.arrivals(),
        s.batch(),
        s.accuracyThreshold(),
        s.seed(),
        List.of(change),
        s.power());
  }

  @Test
  @DisplayName("a tensor takes the link of the moment at which it is sent")
  void linkThatChanges_countsFromThenOn() {
    Route cloud = Route.onOneNode(CHAIN, NodeId.CLOUD);

    new Simulator(halvedAfterTenSeconds(), view(1), SimulationOptions.DEFAULT)
        .run(List.of(task(0, 0), task(1, 9), task(2, 40)), always(cloud), records::add);

    // 48 bytes up at 16/s, then at 8/s; 16 down at 8/s, then at 4/s; 0.75 s of computing.
    assertThat(records)
        .extracting(r -> r.latency().totalMs() / 1e3)
        .satisfiesExactly(
            l -> assertThat(l).isCloseTo(3 + 0.1 + 0.75 + 2 + 0.1, within(1e-9)),
            l -> assertThat(l).isCloseTo(3 + 0.1 + 0.75 + 4 + 0.6, within(1e-9)),
            l -> assertThat(l).isCloseTo(6 + 0.6 + 0.75 + 4 + 0.6, within(1e-9)));
  }

  @Test
  @DisplayName("strategies are shown the link of now, and wait for what they think about beside")
  void linkThatChanges_isSeenByStrategies() {
    List<Double> rates = new ArrayList<>();
    OffloadStrategy watching =
        strategy(
            (task, view) -> {
              rates.add(view.link(EDGE).upBytesPerSecond());
              return Route.onOneNode(CHAIN, EDGE);
            });

    new Simulator(halvedAfterTenSeconds(), view(1), SimulationOptions.DEFAULT)
        .run(List.of(task(0, 0), task(1, 9.9), task(2, 10.1)), watching, records::add);

    assertThat(rates).containsExactly(16.0, 16.0, 8.0);
  }
}
