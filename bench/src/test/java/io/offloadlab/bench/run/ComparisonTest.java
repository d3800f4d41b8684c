package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.bench.metric.AccuracySource;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.stream.TaskStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** Runs nothing: predicts class 0, which is right for even images when labels are asked for. */
  private static final class FakeRunner implements TaskRunner {
    final List<String> log = new ArrayList<>();
    boolean labelled = true;
    boolean stuck;
    NodeId slow;

    @Override
    public SystemView view() {
      return FakeNetworks.view();
    }

    @Override
    public CompletableFuture<Void> deploy(Route route) {
      log.add("deploy " + route.hops().get(0).node());
      return route.hops().get(0).node().equals(slow)
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public void warm() {
      log.add("warm");
    }

    @Override
    public void stage(Task task) {
      log.add("stage " + task.id());
    }

    @Override
    public Guided guided(AdaptiveStrategy strategy) {
      return new Guided() {
        @Override
        public CompletableFuture<TaskRecord> run(Task task, long arrivalNanos) {
          log.add("guided " + task.id());
          return FakeRunner.this.run(task, strategy.routes(task).get(0), arrivalNanos);
        }

        @Override
        public void pausedFor(long nanos) {
          assertThat(nanos).isPositive();
          log.add("paused");
        }

        @Override
        public void close() {
          log.add("closed");
          if (stuck) {
            throw new IllegalStateException(
                "close " + log.stream().filter("closed"::equals).count());
          }
        }
      };
    }

    @Override
    public CompletableFuture<TaskRecord> run(Task task, Route route, long arrivalNanos) {
      log.add("run " + task.id() + " on " + route.hops().get(0).node());
      List<Integer> labels = labelled ? task.images().stream().map(i -> i % 2).toList() : List.of();
      return CompletableFuture.completedFuture(
          new TaskRecord(
              task,
              route,
              task.images().stream().map(i -> 0).toList(),
              labels,
              new TaskRecord.Latency(1, 1, 0, 0, 0, 0)));
    }
  }

  private record Fixed(NodeId node) implements OffloadStrategy {
    @Override
    public List<Component> components() {
      return FakeNetworks.CHAIN;
    }

    @Override
    public Route route(Task task, SystemView view) {
      return Route.onOneNode(FakeNetworks.CHAIN, node);
    }

    @Override
    public double expectedAccuracy(Route route) {
      return 0.9;
    }
  }

  /** Decides on the way, between the cloud and the first edge. */
  private static final class Undecided implements AdaptiveStrategy {
    @Override
    public Step next(TaskProgress progress, SystemView view) {
      throw new AssertionError("the runner asks, not the comparison");
    }

    @Override
    public List<Route> routes(Task task) {
      return Stream.of(NodeId.CLOUD, NodeId.edge(1))
          .map(n -> Route.onOneNode(FakeNetworks.CHAIN, n))
          .toList();
    }

    @Override
    public List<Component> components() {
      return FakeNetworks.CHAIN;
    }

    @Override
    public Route route(Task task, SystemView view) {
      return routes(task).get(0);
    }

    @Override
    public double expectedAccuracy(Route route) {
      return 0.9;
    }
  }

  /** Begins on the cloud, then wants to move to an edge. */
  private static final class MovesAway implements OffloadStrategy {
    private int asked;

    @Override
    public List<Component> components() {
      return FakeNetworks.CHAIN;
    }

    @Override
    public Route route(Task task, SystemView view) {
      return Route.onOneNode(FakeNetworks.CHAIN, asked++ < 2 ? NodeId.CLOUD : NodeId.edge(2));
    }

    @Override
    public double expectedAccuracy(Route route) {
      return 1;
    }
  }

  private final FakeRunner runner = new FakeRunner();
  private final Entrant cloud = new Entrant("cloud", new Fixed(NodeId.CLOUD));
  private final Entrant edge = new Entrant("edge", new Fixed(NodeId.edge(1)));

  private List<StrategyResult> compare(int tasks, int batch, Entrant... entrants) {
    return new Comparison(
            1,
            runner,
            FakeNetworks.scenario(batch, 0.5),
            FakeNetworks.tasks(tasks, batch),
            List.of(entrants),
            e -> {})
        .run();
  }

  @Test
  void run_twoEntrants_bothRunTheSameTasksInTheSameOrder() {
    List<StrategyResult> results = compare(60, 1, cloud, edge);

    assertThat(results).extracting(StrategyResult::strategy).containsExactly("cloud", "edge");
    assertThat(results)
        .allSatisfy(
            r ->
                assertThat(r.records())
                    .extracting(t -> t.task())
                    .isEqualTo(FakeNetworks.tasks(60, 1)));
  }

  @Test
  @DisplayName("Everybody runs a turn of the same tasks before anybody goes on")
  void run_sequentialStream_entrantsTakeTurns() {
    compare(500, 1, cloud, edge);

    List<String> runs = runner.log.stream().filter(l -> l.startsWith("run")).toList();
    List<String> measured = runs.subList(20, runs.size());
    for (int turn = 0; turn < 20; turn++) {
      List<String> both = measured.subList(turn * 50, turn * 50 + 50);
      String first = both.get(0).endsWith("cloud") ? "cloud" : "edge-1";
      String second = first.equals("cloud") ? "edge-1" : "cloud";
      for (int i = 0; i < 25; i++) {
        assertThat(both.get(i)).isEqualTo("run " + (turn * 25 + i) + " on " + first);
        assertThat(both.get(25 + i)).isEqualTo("run " + (turn * 25 + i) + " on " + second);
      }
    }
    // Of every two turns each begins one.
    for (int turn = 0; turn < 20; turn += 2) {
      assertThat(measured.get(turn * 50)).doesNotEndWith(end(measured.get(turn * 50 + 50)));
    }
  }

  private static String end(String run) {
    return run.substring(run.lastIndexOf(' '));
  }

  @Test
  @DisplayName("A stream with arrival times goes in turns, and time stands still between them")
  void run_arrivalTimes_entrantsTakeTurnsAndAreNotShownThePauses() {
    Scenario scenario = FakeNetworks.scenario(1, 0.5, new Arrivals.Poisson(2000));
    List<Task> tasks = new TaskStream(scenario, 100, 60).toList();
    Entrant undecided = new Entrant("undecided", new Undecided());

    List<StrategyResult> results =
        new Comparison(1, runner, scenario, tasks, List.of(cloud, undecided), e -> {}).run();

    assertThat(results)
        .allSatisfy(r -> assertThat(r.records()).extracting(TaskRecord::task).isEqualTo(tasks));
    List<String> log = runner.log.stream().filter(l -> l.matches("(guided|paused).*")).toList();
    assertThat(log).hasSize(62);
    assertThat(log.get(20)).isEqualTo("paused");
    assertThat(log.get(41)).isEqualTo("paused");
  }

  /** Ends the tasks under way in turn, the last one first, when there are as many as wanted. */
  private static final class Crowd implements TaskRunner {
    private final FakeRunner runner = new FakeRunner();
    private final int inFlight;
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private int most;
    private int left;

    Crowd(int inFlight, int tasks) {
      this.inFlight = inFlight;
      this.left = tasks;
    }

    @Override
    public SystemView view() {
      return runner.view();
    }

    @Override
    public CompletableFuture<Void> deploy(Route route) {
      return runner.deploy(route);
    }

    @Override
    public void warm() {
      most = 0;
    }

    @Override
    public void stage(Task task) {}

    @Override
    public Guided guided(AdaptiveStrategy strategy) {
      throw new AssertionError("nobody is guided");
    }

    @Override
    public CompletableFuture<TaskRecord> run(Task task, Route route, long arrivalNanos) {
      CompletableFuture<TaskRecord> record = runner.run(task, route, arrivalNanos);
      if (runner.log.size() <= 11) {
        return record;
      }
      CompletableFuture<TaskRecord> later = new CompletableFuture<>();
      underWay.push(() -> later.complete(record.join()));
      most = Math.max(most, underWay.size());
      left--;
      if (underWay.size() == inFlight) {
        underWay.pop().run();
      }
      while (left == 0 && !underWay.isEmpty()) {
        underWay.pop().run();
      }
      return later;
    }
  }

  @Test
  @DisplayName("With three in flight, three are under way and records keep the stream's order")
  void run_severalInFlight_startsATaskWhenOneIsDone() {
    Crowd crowd = new Crowd(3, 20);

    List<StrategyResult> results =
        new Comparison(
                1,
                crowd,
                FakeNetworks.scenario(1, 0.5, new Arrivals.Sequential(3)),
                FakeNetworks.tasks(20, 1),
                List.of(cloud),
                e -> {})
            .run();

    assertThat(crowd.most).isEqualTo(3);
    assertThat(results.get(0).records())
        .extracting(TaskRecord::task)
        .isEqualTo(FakeNetworks.tasks(20, 1));
  }

  @Test
  @DisplayName("More can be in flight than a round of single tasks has")
  void run_fortyInFlight_fortyAreUnderWay() {
    Crowd crowd = new Crowd(40, 60);

    new Comparison(
            1,
            crowd,
            FakeNetworks.scenario(1, 0.5, new Arrivals.Sequential(40)),
            FakeNetworks.tasks(60, 1),
            List.of(cloud),
            e -> {})
        .run();

    assertThat(crowd.most).isEqualTo(40);
  }

  @Test
  void run_sameRouteThroughout_isDeployedOnceBeforeItsFirstTask() {
    compare(30, 1, cloud);

    assertThat(runner.log.stream().filter(l -> l.startsWith("deploy"))).hasSize(1);
    assertThat(runner.log.get(0)).isEqualTo("deploy cloud");
  }

  @Test
  void run_newRouteNotDeployedYet_tasksKeepToTheOneTheyHave() {
    runner.slow = NodeId.edge(2);
    Entrant restless = new Entrant("restless", new MovesAway());

    StrategyResult result = compare(10, 1, restless).get(0);

    assertThat(result.records())
        .allSatisfy(r -> assertThat(r.route().hops().get(0).node()).isEqualTo(NodeId.CLOUD));
  }

  @Test
  void run_adaptiveStrategy_everythingItMayNeedIsDeployedAndItsTasksAreGuided() {
    StrategyResult result = compare(3, 1, new Entrant("undecided", new Undecided())).get(0);

    assertThat(runner.log.subList(0, 2)).containsExactly("deploy cloud", "deploy edge-1");
    assertThat(runner.log.stream().filter(l -> !l.startsWith("run")))
        .endsWith("stage 0", "guided 0", "stage 1", "guided 1", "stage 2", "guided 2", "closed");
    assertThat(result.records()).extracting(r -> r.task().id()).containsExactly(0, 1, 2);
  }

  @Test
  void run_labelledImages_accuracyIsMeasured() {
    StrategyResult result = compare(10, 4, cloud).get(0);

    assertThat(result.summary().source()).isEqualTo(AccuracySource.MEASURED);
    assertThat(result.summary().accuracy()).isEqualTo(0.5);
    assertThat(result.summary().expectedAccuracy()).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void run_imagesWithoutLabels_accuracyIsTheProfiles() {
    runner.labelled = false;

    StrategyResult result = compare(10, 4, cloud).get(0);

    assertThat(result.summary().source()).isEqualTo(AccuracySource.PROFILE);
    assertThat(result.summary().accuracy()).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void run_contendersCannotBeClosed_triesAllAndKeepsTheFirstFailure() {
    runner.stuck = true;

    assertThatThrownBy(
            () ->
                compare(
                    3,
                    1,
                    new Entrant("a", new Undecided()),
                    cloud,
                    new Entrant("b", new Undecided())))
        .hasMessage("close 1")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void run_nodeLost_endsWithItsFailure() {
    RunFailure lost = new RunFailure("edge-1 is gone");
    TaskRunner broken =
        new TaskRunner() {
          @Override
          public SystemView view() {
            return FakeNetworks.view();
          }

          @Override
          public CompletableFuture<Void> deploy(Route route) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void warm() {}

          @Override
          public void stage(Task task) {}

          @Override
          public Guided guided(AdaptiveStrategy strategy) {
            throw new AssertionError("nobody is adaptive here");
          }

          @Override
          public CompletableFuture<TaskRecord> run(Task task, Route route, long arrivalNanos) {
            return CompletableFuture.failedFuture(lost);
          }
        };
    Comparison comparison =
        new Comparison(
            1,
            broken,
            FakeNetworks.scenario(1, 0.5),
            FakeNetworks.tasks(5, 1),
            List.of(cloud),
            e -> {});

    assertThatThrownBy(comparison::run).isSameAs(lost);
  }

  /** Wants the run to stop after some tasks, and keeps their records. */
  private static final class StopsAfter implements Comparison.Progress {
    private final int tasks;
    private final List<TaskRecord> kept = new ArrayList<>();

    StopsAfter(int tasks) {
      this.tasks = tasks;
    }

    @Override
    public void finished(Entrant entrant) {}

    @Override
    public void kept(Entrant entrant, TaskRecord record) {
      kept.add(record);
    }

    @Override
    public void goOn() {
      if (kept.size() >= tasks) {
        throw new RunStopped();
      }
    }
  }

  @Test
  void run_stoppedOnTheWay_tellsWhatWasDone() {
    StopsAfter stop = new StopsAfter(30);
    Comparison comparison =
        new Comparison(
            1,
            runner,
            FakeNetworks.scenario(1, 0.5),
            FakeNetworks.tasks(60, 1),
            List.of(cloud, edge),
            stop);

    assertThatThrownBy(comparison::run)
        .isInstanceOfSatisfying(
            Unfinished.class,
            e -> {
              assertThat(e.reason()).isInstanceOf(RunStopped.class);
              assertThat(e.done()).extracting(r -> r.records().size()).containsExactly(15, 15);
              assertThat(e.done().get(1).remarks())
                  .containsExactly("edge: the run ended early, after 15 of 60 tasks");
            });
    assertThat(stop.kept).hasSize(30);
  }

  @Test
  void simulated_stoppedOnTheWay_tellsWhatWasDone() {
    Simulator simulator =
        new Simulator(
            FakeNetworks.scenario(1, 0.5), FakeNetworks.view(), SimulationOptions.DEFAULT);

    assertThatThrownBy(
            () ->
                SimulatedResult.of(
                    1,
                    cloud,
                    simulator,
                    FakeNetworks.scenario(1, 0.5),
                    FakeNetworks.tasks(60, 1),
                    60,
                    new StopsAfter(7)))
        .isInstanceOfSatisfying(
            Unfinished.class,
            e -> {
              StrategyResult early = e.done().get(0);
              assertThat(early.summary().tasks()).isEqualTo(7);
              assertThat(early.records()).hasSize(7);
              assertThat(early.remarks())
                  .containsExactly("cloud: the run ended early, after 7 of 60 tasks");
            });
  }
}
