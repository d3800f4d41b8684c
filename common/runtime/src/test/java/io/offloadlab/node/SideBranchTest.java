package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exits that judge samples on a real node, and what strategies make of it. */
@Timeout(60)
class SideBranchTest {
  private static final NodeId EDGE = NodeId.edge(1);
  private static final int BATCH = 2;
  private static final Task TASK = new Task(0, NodeId.CLOUD, EDGE, 0, List.of(0, 1));

  @TempDir private Path directory;
  private SmallNetwork network;
  private Component root;
  private Component exit;
  private ByteBuffer images;
  private TestSystem system;

  @BeforeEach
  void start() {
    network = SmallNetwork.write(directory, 7);
    root = network.chain().get(0);
    exit = network.exit(8);
    images = SmallNetwork.images(BATCH, 3);
    system =
        TestSystem.start(
            TestSystem.scenario(1, LinkSpec.UNSHAPED), directory, directory.resolve("cache"));
    system.cloud().deploy(new Route(judged(EDGE))).join();
    system.cloud().deploy(new Route(judged(NodeId.CLOUD))).join();
    system.cloud().deploy(Route.onOneNode(network.chain(), NodeId.CLOUD)).join();
    system.cloud().deploy(Route.onOneNode(network.chain(), EDGE)).join();
  }

  @AfterEach
  void stop() {
    system.close();
  }

  private List<Hop> judged(NodeId node) {
    return List.of(new Hop(root, node), Hop.sideBranch(exit, node));
  }

  private List<Hop> rest(NodeId node) {
    return network.chain().stream().skip(1).map(c -> new Hop(c, node)).toList();
  }

  /** Asks the exit after the root, on a node; then does as the test says. */
  private final class Asking implements AdaptiveStrategy {
    final List<TaskProgress> questions = new ArrayList<>();
    private final Signalling signalling;
    private final NodeId node;
    private final Function<TaskProgress, Step> then;

    Asking(Signalling signalling, NodeId node, Function<TaskProgress, Step> then) {
      this.signalling = signalling;
      this.node = node;
      this.then = then;
    }

    @Override
    public Step next(TaskProgress p, SystemView view) {
      questions.add(p);
      return p.done().isEmpty() ? new Step.Compute(judged(node)) : then.apply(p);
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

  private float[][] run(Asking strategy) {
    List<float[][]> logits = new ArrayList<>();
    try (Guide guide = system.cloud().guide(strategy)) {
      guide
          .execute(
              TASK,
              images,
              System.nanoTime(),
              (route, e, decisionMs) -> {
                logits.add(e.logits());
                return new TaskRecord(TASK, route, e.predictions(), List.of(), e.latency());
              })
          .join();
    }
    return logits.get(0);
  }

  private static double entropy(float[] logits) {
    double sum = 0;
    for (float l : logits) {
      sum += Math.exp(l);
    }
    double entropy = 0;
    for (float l : logits) {
      double p = Math.exp(l) / sum;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return entropy;
  }

  private void assertScores(float[][] scores, List<Component> of) {
    float[][] expected = network.logitsLocally(of, BATCH, images);
    for (int i = 0; i < BATCH; i++) {
      assertThat(scores[i]).containsExactly(expected[i], within(1e-4f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void exit_onADevice_tellsTheStrategyHowSureItIsOfEachSample(Signalling signalling) {
    Asking strategy = new Asking(signalling, EDGE, p -> new Step.Finish(rest(NodeId.CLOUD)));

    run(strategy);

    float[][] exits = network.logitsLocally(List.of(root, exit), BATCH, images);
    assertThat(strategy.questions).hasSize(3);
    assertThat(strategy.questions.get(1).entropies()).isEmpty();
    List<Double> told = strategy.questions.get(2).entropies();
    assertThat(told).hasSize(BATCH);
    for (int i = 0; i < BATCH; i++) {
      assertThat(told.get(i)).isCloseTo(entropy(exits[i]), within(1e-4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void notSure_goesOnFromTheTensorBeforeTheExit(Signalling signalling) {
    for (NodeId node : List.of(NodeId.CLOUD, EDGE)) {
      for (NodeId rest : List.of(NodeId.CLOUD, EDGE)) {
        float[][] scores = run(new Asking(signalling, node, p -> new Step.Finish(rest(rest))));

        assertScores(scores, network.chain());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sure_endsWithTheExitsScores(Signalling signalling) {
    for (NodeId node : List.of(NodeId.CLOUD, EDGE)) {
      float[][] scores = run(new Asking(signalling, node, p -> new Step.Finish(List.of())));

      assertScores(scores, List.of(root, exit));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void execute_plannedRouteOverASideBranch_goesOnBesideIt(int node) {
    List<Hop> hops = new ArrayList<>(judged(new NodeId(node)));
    hops.addAll(rest(NodeId.CLOUD));

    Execution execution = system.cloud().execute(TASK, new Route(hops), images).join();

    assertScores(execution.logits(), network.chain());
  }
}
