package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Signalling;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions that are made while a task runs are what runs, wherever and however they are made. */
@Timeout(60)
class GuideTest {
  private static final NodeId CLOUD = NodeId.CLOUD;
  private static final NodeId EDGE_1 = NodeId.edge(1);
  private static final NodeId EDGE_2 = NodeId.edge(2);
  private static final int BATCH = 2;
  private static final int NEXT = 19;
  private static final int REACHED = 20;

  @TempDir private static Path directory;
  private static SmallNetwork network;
  private static TestSystem system;
  private static Relay relay;
  private static ByteBuffer images;
  private static float[][] expected;

  private final List<float[][]> logits = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    network = SmallNetwork.write(directory, 7);
    CloudNode cloud =
        CloudNode.start(
            CloudSettings.of(
                "127.0.0.1", 0, TestSystem.scenario(2, LinkSpec.UNSHAPED), directory, 1));
    relay = new Relay(cloud.port());
    List<EdgeNode> edges = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      Path cache = directory.resolve("cache");
      edges.add(EdgeNode.start(TestSystem.edgeSettings(relay.port(), "edge-" + i, cache)));
    }
    cloud.awaitEdges(TestSystem.SOON);
    system = new TestSystem(cloud, edges);
    for (NodeId node : List.of(CLOUD, EDGE_1, EDGE_2)) {
      cloud.deploy(Route.onOneNode(network.chain(), node)).join();
    }
    images = SmallNetwork.images(BATCH, 3);
    expected = network.logitsLocally(BATCH, images);
  }

  @AfterAll
  static void stop() throws Exception {
    system.close();
    relay.close();
  }

  /** A strategy that answers as it is told, and remembers what it was asked. */
  private static final class Scripted implements AdaptiveStrategy {
    final List<TaskProgress> questions = new CopyOnWriteArrayList<>();
    final List<TaskRecord> finished = new CopyOnWriteArrayList<>();
    private final Signalling signalling;
    private final Function<TaskProgress, Step> script;

    Scripted(Signalling signalling, Function<TaskProgress, Step> script) {
      this.signalling = signalling;
      this.script = script;
    }

    @Override
    public Step next(TaskProgress progress, SystemView view) {
      questions.add(progress);
      return script.apply(progress);
    }

    @Override
    public void finished(TaskRecord record, double nowSeconds) {
      finished.add(record);
    }

    @Override
    public Signalling signalling() {
      return signalling;
    }

    @Override
    public List<Component> components() {
      return network.chain();
    }

    @Override
    public Route route(Task task, SystemView view) {
      throw new AssertionError("decided while tasks run");
    }

    @Override
    public List<Route> routes(Task task) {
      throw new AssertionError("deployed by the test");
    }

    @Override
    public double expectedAccuracy(Route route) {
      return 1;
    }
  }

  private static Task task(int id, NodeId source) {
    return new Task(id, source, EDGE_1, 0, IntStream.range(0, BATCH).boxed().toList());
  }

  private static Step compute(TaskProgress p, NodeId node) {
    return new Step.Compute(new Hop(network.chain().get(p.done().size()), node));
  }

  private static Step finish(TaskProgress p, NodeId node) {
    List<Component> chain = network.chain();
    return new Step.Finish(
        chain.subList(p.done().size(), chain.size()).stream().map(c -> new Hop(c, node)).toList());
  }

  /** Computes on edge 1 up to a boundary; there the rest goes to a node. */
  private static Function<TaskProgress, Step> stopAt(int boundary, NodeId rest) {
    return p -> p.holding() && p.done().size() == boundary ? finish(p, rest) : compute(p, EDGE_1);
  }

  private CompletableFuture<TaskRecord> execute(Guide guide, Task task) {
    return guide.execute(
        task,
        images,
        System.nanoTime(),
        (route, execution, decisionMs) -> {
          logits.add(execution.logits());
          return new TaskRecord(
              task, route, execution.predictions(), List.of(), execution.latency());
        });
  }

  private TaskRecord runOne(Scripted strategy, Task task) {
    try (Guide guide = system.cloud().guide(strategy)) {
      return execute(guide, task).join();
    }
  }

  private void assertScores() {
    assertThat(logits)
        .allSatisfy(
            scores -> {
              for (int i = 0; i < BATCH; i++) {
                assertThat(scores[i]).containsExactly(expected[i], within(1e-4f));
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void execute_anyStopFromAnySource_runsWhatWasDecided(Signalling signalling) {
    for (NodeId source : List.of(CLOUD, EDGE_1)) {
      for (NodeId rest : List.of(CLOUD, EDGE_1, EDGE_2)) {
        for (int boundary : List.of(0, 1, 4, network.chain().size() - 1)) {
          Scripted strategy = new Scripted(signalling, stopAt(boundary, rest));

          TaskRecord record = runOne(strategy, task(boundary, source));

          assertThat(record.route())
              .isEqualTo(Route.split(network.chain(), boundary, EDGE_1, rest));
          assertThat(strategy.finished).containsExactly(record);
        }
      }
    }
    assertThat(logits).hasSize(24);
    assertScores();
  }

  @ParameterizedTest
  @EnumSource
  void execute_stopOnTheWay_isAskedAtArrivalAtItsTurnAndAtEveryBoundary(Signalling signalling) {
    Scripted strategy = new Scripted(signalling, stopAt(2, CLOUD));

    runOne(strategy, task(0, EDGE_1));

    assertThat(strategy.questions).extracting(p -> p.done().size()).containsExactly(0, 0, 1, 2);
    assertThat(strategy.questions)
        .extracting(TaskProgress::holding)
        .containsExactly(false, true, true, true);
    assertThat(strategy.questions)
        .extracting(TaskProgress::nowSeconds)
        .isSortedAccordingTo(Double::compare);
  }

  @ParameterizedTest
  @EnumSource
  void execute_anyStop_breakdownAddsUpToTheTotal(Signalling signalling) {
    for (NodeId source : List.of(CLOUD, EDGE_1)) {
      Latency l = runOne(new Scripted(signalling, stopAt(3, CLOUD)), task(0, source)).latency();

      assertThat(l.edgeMs() + l.cloudMs() + l.uplinkMs() + l.downlinkMs() + l.queueMs())
          .isCloseTo(l.totalMs(), within(1e-6));
      assertThat(List.of(l.edgeMs(), l.cloudMs(), l.uplinkMs(), l.downlinkMs(), l.queueMs()))
          .allMatch(part -> part >= 0);
    }
  }

  @Test
  void execute_reported_deviceSendsAMessageAtItsTurnAndAtEveryBoundary() {
    long before = relay.framesFromEdges(REACHED);

    runOne(new Scripted(Signalling.REPORTED, stopAt(3, CLOUD)), task(0, EDGE_1));

    assertThat(relay.framesFromEdges(REACHED) - before).isEqualTo(4);
  }

  @Test
  void execute_predicted_deviceSendsNothingBetweenArrivalAndUpload() {
    long before = relay.framesFromEdges(REACHED);

    runOne(new Scripted(Signalling.PREDICTED, stopAt(3, CLOUD)), task(0, EDGE_1));

    assertThat(relay.framesFromEdges(REACHED) - before).isZero();
  }

  @Test
  void execute_predictedOnAFreeDevice_firstDecisionGoesAlongWithTheTask() {
    long before = relay.framesToEdges(NEXT);

    runOne(new Scripted(Signalling.PREDICTED, stopAt(0, CLOUD)), task(0, EDGE_1));

    assertThat(relay.framesToEdges(NEXT) - before).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void execute_changeOfDeviceOnTheWay_goesThereAndIsAskedAgain(Signalling signalling) {
    Scripted strategy =
        new Scripted(
            signalling,
            p -> p.done().size() == 5 ? finish(p, EDGE_2) : compute(p, nodeOf(p.done().size())));

    TaskRecord record = runOne(strategy, task(0, CLOUD));

    assertThat(record.route().hops())
        .extracting(Hop::node)
        .startsWith(EDGE_1, EDGE_1, CLOUD, EDGE_2, EDGE_2);
    assertScores();
  }

  private static NodeId nodeOf(int hop) {
    return List.of(EDGE_1, EDGE_1, CLOUD, EDGE_2, EDGE_2).get(hop);
  }

  @ParameterizedTest
  @EnumSource
  void execute_severalAtOnce_takeTurnsInTheirOrder(Signalling signalling) {
    Scripted strategy = new Scripted(signalling, stopAt(2, EDGE_1));
    List<CompletableFuture<TaskRecord>> running = new ArrayList<>();

    try (Guide guide = system.cloud().guide(strategy)) {
      for (int i = 0; i < 5; i++) {
        running.add(execute(guide, task(i, EDGE_1)));
      }
      running.forEach(CompletableFuture::join);
    }

    assertThat(strategy.finished).extracting(r -> r.task().id()).containsExactly(0, 1, 2, 3, 4);
    assertScores();
  }

  @ParameterizedTest
  @EnumSource
  void execute_strategyFailsOnTheWay_taskFailsAndTheDeviceIsFreeAgain(Signalling signalling) {
    Scripted broken =
        new Scripted(
            signalling,
            p -> {
              if (p.done().size() == 2) {
                throw new RunFailure("no stop is left");
              }
              return compute(p, EDGE_1);
            });

    assertThatThrownBy(() -> runOne(broken, task(0, EDGE_1)))
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage("no stop is left");
    TaskRecord next = runOne(new Scripted(signalling, stopAt(1, CLOUD)), task(1, EDGE_1));

    assertThat(next.route().hops()).hasSize(network.chain().size());
  }

  /** Holds up a strategy's decision until the test has done something meanwhile. */
  private static final class Pause {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    void here() {
      asked.countDown();
      awaitIt(goOn);
    }

    void whileAsked(Runnable action) {
      awaitIt(asked);
      action.run();
      goOn.countDown();
    }

    private static void awaitIt(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // Closing a guide interrupts its thread; the test goes on all the same.
        Thread.currentThread().interrupt();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void execute_strategyFailsForTheNextInLine_onlyThatOneFails(Signalling signalling) {
    // given a task that leaves while another waits, of which nothing can be decided at its turn
    Pause untilBothAreThere = new Pause();
    Scripted broken =
        new Scripted(
            signalling,
            p -> {
              if (p.task().id() == 1 && p.holding()) {
                throw new RunFailure("no stop is left");
              } else if (p.task().id() == 0 && p.holding() && p.done().isEmpty()) {
                untilBothAreThere.here();
              }
              return stopAt(2, CLOUD).apply(p);
            });

    try (Guide guide = system.cloud().guide(broken)) {
      CompletableFuture<TaskRecord> first = execute(guide, task(0, EDGE_1));
      List<CompletableFuture<TaskRecord>> second = new ArrayList<>();
      untilBothAreThere.whileAsked(() -> second.add(execute(guide, task(1, EDGE_1))));

      assertThat(first.join().task().id()).isZero();
      assertThatThrownBy(second.get(0)::join).cause().hasMessage("no stop is left");
    }
    TaskRecord next = runOne(new Scripted(signalling, stopAt(1, CLOUD)), task(2, EDGE_1));
    assertThat(next.route().hops()).hasSize(network.chain().size());
  }

  @ParameterizedTest
  @EnumSource
  void close_taskInFlight_failsAndTheDeviceIsFreeAgain(Signalling signalling) {
    for (int boundary : List.of(-1, 0, 2)) {
      Pause pause = new Pause();
      Scripted slow =
          new Scripted(
              signalling,
              p -> {
                if (boundary < 0 ? !p.holding() : p.holding() && p.done().size() == boundary) {
                  pause.here();
                }
                return stopAt(4, CLOUD).apply(p);
              });
      Guide guide = system.cloud().guide(slow);

      CompletableFuture<TaskRecord> task = execute(guide, task(0, EDGE_1));
      pause.whileAsked(guide::close);

      assertThatThrownBy(task::join)
          .cause()
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("task 0 was not done");
      TaskRecord next = runOne(new Scripted(signalling, stopAt(1, CLOUD)), task(1, EDGE_1));
      assertThat(next.route().hops()).hasSize(network.chain().size());
    }
  }

  @Test
  void execute_afterClose_fails() {
    Guide guide = system.cloud().guide(new Scripted(Signalling.REPORTED, stopAt(1, CLOUD)));
    guide.close();

    assertThatThrownBy(execute(guide, task(0, EDGE_1))::join)
        .cause()
        .isInstanceOf(RunFailure.class);
  }

  @ParameterizedTest
  @EnumSource
  void execute_severalHopsInOneStep_areOneMessageAndOneQuestionLess(Signalling signalling) {
    long before = relay.framesToEdges(NEXT);
    Scripted strategy =
        new Scripted(
            signalling,
            p ->
                p.done().size() == 3
                    ? finish(p, CLOUD)
                    : new Step.Compute(
                        network.chain().subList(0, 3).stream()
                            .map(c -> new Hop(c, EDGE_1))
                            .toList()));

    TaskRecord record = runOne(strategy, task(0, EDGE_1));

    assertThat(record.route()).isEqualTo(Route.split(network.chain(), 3, EDGE_1, CLOUD));
    assertThat(strategy.questions).extracting(p -> p.done().size()).containsExactly(0, 0, 3);
    assertThat(relay.framesToEdges(NEXT) - before).isLessThanOrEqualTo(2);
    assertScores();
  }
}
