package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A task gives the same scores and an honest breakdown, whichever way it goes. */
class RouteExecutionTest {
  private static final NodeId CLOUD = NodeId.CLOUD;
  private static final NodeId EDGE_1 = NodeId.edge(1);
  private static final NodeId EDGE_2 = NodeId.edge(2);
  private static final int BATCH = 3;

  @TempDir private static Path directory;
  private static SmallNetwork network;
  private static TestSystem system;
  private static ByteBuffer images;
  private static float[][] expected;

  @BeforeAll
  static void start() {
    network = SmallNetwork.write(directory, 7);
    system =
        TestSystem.start(
            TestSystem.scenario(2, LinkSpec.UNSHAPED), directory, directory.resolve("cache"));
    images = SmallNetwork.images(BATCH, 3);
    expected = network.logitsLocally(BATCH, images);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  /** Nodes in turn, each for a stretch of the chain. */
  private static Route over(NodeId... nodes) {
    List<Component> chain = network.chain();
    return new Route(
        IntStream.range(0, chain.size())
            .mapToObj(i -> new Hop(chain.get(i), nodes[i * nodes.length / chain.size()]))
            .toList());
  }

  static Stream<Route> routes() {
    return Stream.of(
        over(CLOUD),
        over(EDGE_1),
        over(EDGE_1, CLOUD),
        over(CLOUD, EDGE_2),
        over(CLOUD, EDGE_1, EDGE_2, CLOUD),
        over(EDGE_1, EDGE_2),
        over(EDGE_2, CLOUD, EDGE_2, EDGE_1, CLOUD));
  }

  private static Task task(int id, NodeId source) {
    return new Task(id, source, EDGE_1, 0, IntStream.range(0, BATCH).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("routes")
  void execute_anyRouteFromTheCloud_givesTheScoresOfOneEngine(Route route) {
    Execution execution = system.cloud().execute(task(0, CLOUD), route, images).join();

    assertSame(execution);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void execute_anyRouteFromAnEdge_givesTheScoresOfOneEngine(Route route) {
    Execution execution = system.cloud().execute(task(0, EDGE_1), route, images).join();

    assertSame(execution);
    assertThat(execution.trace().get(0).node()).isEqualTo(EDGE_1);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void execute_anyRoute_breakdownAddsUpToTheTotal(Route route) {
    for (NodeId source : List.of(CLOUD, EDGE_1, EDGE_2)) {
      Latency l = system.cloud().execute(task(0, source), route, images).join().latency();

      assertThat(l.edgeMs() + l.cloudMs() + l.uplinkMs() + l.downlinkMs() + l.queueMs())
          .isCloseTo(l.totalMs(), within(1e-6));
      assertThat(List.of(l.edgeMs(), l.cloudMs(), l.uplinkMs(), l.downlinkMs(), l.queueMs()))
          .allMatch(part -> part >= 0);
    }
  }

  @Test
  void execute_everythingAtTheSource_movesNothing() {
    Latency l = system.cloud().execute(task(0, EDGE_1), over(EDGE_1), images).join().latency();

    assertThat(l.uplinkMs() + l.downlinkMs() + l.cloudMs()).isZero();
    assertThat(l.edgeMs()).isPositive();
  }

  @Test
  void execute_eightTasksAtOnce_eachGetsItsOwnScores() {
    List<CompletableFuture<Execution>> running = new ArrayList<>();
    List<float[][]> wanted = new ArrayList<>();
    List<Route> routes = routes().toList();
    for (int i = 0; i < 8; i++) {
      ByteBuffer mine = SmallNetwork.images(BATCH, 100 + i);
      wanted.add(network.logitsLocally(BATCH, mine));
      NodeId source = List.of(CLOUD, EDGE_1, EDGE_2).get(i % 3);
      running.add(system.cloud().execute(task(i, source), routes.get(i % routes.size()), mine));
    }

    for (int i = 0; i < 8; i++) {
      assertClose(running.get(i).join().logits(), wanted.get(i));
    }
  }

  private static void assertSame(Execution execution) {
    assertClose(execution.logits(), expected);
  }

  private static void assertClose(float[][] actual, float[][] wanted) {
    assertThat(actual).hasDimensions(wanted.length, wanted[0].length);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(actual[i]).containsExactly(wanted[i], within(1e-4f));
    }
  }
}
