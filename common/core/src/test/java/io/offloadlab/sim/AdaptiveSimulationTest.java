package io.offloadlab.sim;

import static io.offloadlab.sim.Worlds.CHAIN;
import static io.offloadlab.sim.Worlds.EDGE;
import static io.offloadlab.sim.Worlds.FIRST;
import static io.offloadlab.sim.Worlds.SECOND;
import static io.offloadlab.sim.Worlds.scenario;
import static io.offloadlab.sim.Worlds.task;
import static io.offloadlab.sim.Worlds.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AdaptiveSimulationTest {
  private static final Step ON_DEVICE = new Step.Compute(new Hop(FIRST, EDGE));
  private static final Step UPLOAD_INPUT =
      new Step.Finish(Route.onOneNode(CHAIN, NodeId.CLOUD).hops());
  private static final Step UPLOAD_REST = new Step.Finish(List.of(new Hop(SECOND, NodeId.CLOUD)));
  private static final Step FINISH_HERE = new Step.Finish(List.of(new Hop(SECOND, EDGE)));

  private Judge judge = Judge.NOTHING_INFERRED;
  private final List<TaskRecord> records = new ArrayList<>();
  private final List<TaskProgress> questions = new ArrayList<>();
  private final List<Double> ends = new ArrayList<>();

  private void run(Function<TaskProgress, Step> policy, Task... tasks) {
    AdaptiveStrategy strategy =
        new AdaptiveStrategy() {
          @Override
          public Step next(TaskProgress progress, SystemView newest) {
            questions.add(progress);
            return policy.apply(progress);
          }

          @Override
          public void finished(TaskRecord record, double nowSeconds) {
            ends.add(nowSeconds);
          }

          @Override
          public List<Component> components() {
            return CHAIN;
          }

          @Override
          public Route route(Task task, SystemView newest) {
            throw new AssertionError("an adaptive strategy is asked at boundaries");
          }

          @Override
          public List<Route> routes(Task task) {
            throw new AssertionError("the simulator deploys nothing");
          }

          @Override
          public double expectedAccuracy(Route route) {
            return 1;
          }
        };
    new Simulator(
            scenario(1, new Arrivals.Poisson(1), 1), view(1), SimulationOptions.DEFAULT, judge)
        .run(List.of(tasks), strategy, records::add);
  }

  @Test
  void questions_comeAtArrivalAtTheProcessorAndAtEveryBoundary() {
    run(p -> p.done().isEmpty() ? ON_DEVICE : UPLOAD_REST, task(0, 5));

    assertThat(questions)
        .extracting(TaskProgress::nowSeconds, TaskProgress::holding, p -> p.done().size())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(5.0, false, 0),
            org.assertj.core.groups.Tuple.tuple(5.0, true, 0),
            org.assertj.core.groups.Tuple.tuple(6.0, true, 1));
    assertThat(records.get(0).route()).isEqualTo(Route.split(CHAIN, 1, EDGE, NodeId.CLOUD));
    assertThat(ends.get(0) - 5).isCloseTo(records.get(0).latency().totalMs() / 1e3, within(1e-9));
  }

  @Test
  void deviceIsHeldFromFirstComponentToUpload() {
    run(p -> p.done().isEmpty() ? ON_DEVICE : FINISH_HERE, task(0, 0), task(1, 0.5));

    assertThat(records).extracting(r -> r.latency().queueMs()).containsExactly(0.0, 2500.0);
    assertThat(questions.stream().filter(p -> p.task().id() == 0 && p.done().size() == 1))
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.device())
                    .isEqualTo(new DeviceStatus(false, Double.POSITIVE_INFINITY, 1)));
  }

  @Test
  void taskThatWaited_mayUploadInsteadWhenItIsItsTurn() {
    // given two tasks that meant to compute here but find the device taken
    run(
        p -> {
          boolean late = p.nowSeconds() > p.arrivedSeconds();
          return p.done().isEmpty() ? (late ? UPLOAD_INPUT : ON_DEVICE) : FINISH_HERE;
        },
        task(0, 0),
        task(1, 0.5),
        task(2, 0.6));

    assertThat(records).extracting(r -> r.task().id()).containsExactly(0, 1, 2);
    assertThat(records).extracting(r -> r.latency().queueMs()).containsExactly(0.0, 2500.0, 2400.0);
    assertThat(records.get(2).latency().uplinkMs())
        .as("sent after the one before it")
        .isCloseTo(6100, within(1e-6));
  }

  @Test
  void progress_saysWhatWaitsOnTheWay() {
    run(p -> UPLOAD_INPUT, task(0, 0), task(1, 1), task(2, 3.2));

    assertThat(questions.get(1).uplinkBacklogSeconds()).isCloseTo(2, within(1e-9));
    assertThat(questions.get(2).cloudBacklogSeconds()).isCloseTo(0.65, within(1e-9));
  }

  @Test
  void exitAsSideBranch_isJudgedPerSampleAndTheTaskMayGoOnFromTheTensorBeforeIt() {
    GraphBuilder g = new GraphBuilder(FIRST.output()).flatten("flat").linear("scores", 2);
    Component exit = new Component("exit", g.build("exit", List.of()), WeightRef.of("none"));
    Step judged = new Step.Compute(List.of(new Hop(FIRST, EDGE), Hop.sideBranch(exit, EDGE)));
    judge = (task, e) -> task.images().stream().map(i -> i == 0 ? 0.1 : 2.0).toList();
    Task sure = new Task(0, EDGE, EDGE, 0, List.of(0, 0));
    Task unsure = new Task(1, EDGE, EDGE, 1000, List.of(0, 1));

    run(
        p ->
            p.done().isEmpty()
                ? judged
                : p.entropies().stream().allMatch(h -> h < 0.5)
                    ? new Step.Finish(List.of())
                    : UPLOAD_REST,
        sure,
        unsure);

    assertThat(questions.stream().filter(p -> !p.done().isEmpty()))
        .extracting(TaskProgress::entropies)
        .containsExactly(List.of(0.1, 0.1), List.of(0.1, 2.0));
    assertThat(records).extracting(r -> r.route().components().size()).containsExactly(2, 3);
    // 2 x 16 bytes go up: the exit has left the tensor alone
    assertThat(records.get(1).latency().uplinkMs()).isCloseTo(2100, within(1e-6));
  }
}
