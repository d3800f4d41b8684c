package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.profile.ProfiledNode;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import io.offloadlab.weights.ComponentWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an edge holds, and what it takes to bring it there: seen from the wire. */
@Timeout(120)
class DeploymentTest {
  private static final NodeId EDGE = NodeId.edge(1);

  @TempDir private Path directory;
  private Path cache;
  private CloudNode cloud;
  private Relay relay;
  private EdgeNode edge;
  private SmallNetwork network;
  private ByteBuffer image;

  @BeforeEach
  void start() throws IOException {
    network = SmallNetwork.write(directory, 7);
    image = SmallNetwork.images(1, 3);
    cache = directory.resolve("cache");
    connect();
  }

  private void connect() throws IOException {
    cloud =
        CloudNode.start(
            CloudSettings.of(
                "127.0.0.1", 0, TestSystem.scenario(1, LinkSpec.UNSHAPED), directory, 1));
    relay = new Relay(cloud.port());
    edge = EdgeNode.start(TestSystem.edgeSettings(relay.port(), "edge-1", cache));
    cloud.awaitEdges(TestSystem.SOON);
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
    edge.close();
    relay.close();
  }

  private Route onTheEdge(SmallNetwork of) {
    return Route.onOneNode(of.chain(), EDGE);
  }

  private static long weightBytes(SmallNetwork of) {
    return of.chain().stream()
        .mapToLong(c -> ComponentWeights.read(of.directory(), c).bytes())
        .sum();
  }

  private long bytesToDeploy(Route route) {
    long before = relay.bytesToEdges();
    cloud.deploy(route).join();
    return relay.bytesToEdges() - before;
  }

  private void assertGivesTheScoresOf(SmallNetwork of) {
    Task task = new Task(0, NodeId.CLOUD, EDGE, 0, List.of(0));
    Execution execution = cloud.execute(task, onTheEdge(of), image).join();
    assertThat(execution.logits()[0]).containsExactly(of.logitsLocally(1, image)[0], within(1e-4f));
  }

  @Test
  void weights_areSentOnce_alsoToAnEdgeThatStartsAgain() throws IOException {
    long first = bytesToDeploy(onTheEdge(network));
    stop();
    connect();

    long second = bytesToDeploy(onTheEdge(network));

    assertThat(first).isGreaterThan(weightBytes(network));
    assertThat(second).isLessThan(weightBytes(network) / 10);
    assertGivesTheScoresOf(network);
  }

  @Test
  void components_heldAlready_costNothing() {
    bytesToDeploy(onTheEdge(network));

    cloud.hold(Map.of(EDGE, network.chain())).join();

    assertThat(bytesToDeploy(onTheEdge(network))).isLessThan(weightBytes(network) / 10);
  }

  @Test
  void damagedCache_isNeverComputedWith() throws IOException {
    bytesToDeploy(onTheEdge(network));
    stop();
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
      }
    }
    connect();

    assertThat(bytesToDeploy(onTheEdge(network))).isGreaterThan(weightBytes(network));
    assertGivesTheScoresOf(network);
  }

  @Test
  void variant_ofTheSameNames_replacesTheOtherWithoutARestart() {
    SmallNetwork other = SmallNetwork.write(directory, 8);

    assertGivesTheScoresOf(network);
    assertGivesTheScoresOf(other);
    assertGivesTheScoresOf(network);
  }

  @Test
  void node_holdsOnlyWhatItIsTold() {
    Component root = network.chain().get(0);
    cloud.deploy(onTheEdge(network)).join();

    cloud.hold(Map.of(EDGE, List.of(root))).join();

    assertThat(bytesToDeploy(Route.onOneNode(List.of(root), EDGE))).isLessThan(1_000);
    assertThatThrownBy(() -> Failures.join(measureOnTheEdge("head")))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("does not hold 'head', only [root]");
  }

  private CompletableFuture<List<ProfiledNode.Time>> measureOnTheEdge(String component) {
    return cloud
        .profiledNodes()
        .get(1)
        .times(List.of(List.of(component)), 1, new ProfiledNode.Rounds(1, 0), 0);
  }

  @Test
  void cacheThatCannotBeWritten_isReplacedByMemory() throws IOException {
    stop();
    Files.writeString(cache.resolveSibling("file"), "in the way");
    cache = directory.resolve("file").resolve("cache");
    connect();

    assertGivesTheScoresOf(network);
  }

  @Test
  void hold_twoComponentsOfOneName_isRefusedAndWhatWasHeldStays() {
    Component held = network.chain().get(0);
    Component other = new Component(held.name(), held.graph(), WeightRef.of("other.safetensors"));
    cloud.deploy(onTheEdge(network)).join();

    assertThatThrownBy(cloud.hold(Map.of(EDGE, List.of(held, other)))::join)
        .cause()
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("edge-1 cannot hold that: two different components are called")
        .hasMessageContaining("other.safetensors");
    assertGivesTheScoresOf(network);
  }
}
