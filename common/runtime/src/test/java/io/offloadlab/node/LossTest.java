package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LossTest {
  /** A link on which a task is still on its way when the test ends. */
  private static final LinkSpec ENDLESS =
      new LinkSpec(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1e6);

  private static final Task TASK = new Task(0, NodeId.CLOUD, NodeId.edge(1), 0, List.of(0));

  @TempDir private Path directory;
  private SmallNetwork network;
  private ByteBuffer image;

  @BeforeEach
  void writeWeights() {
    network = SmallNetwork.write(directory, 7);
    image = SmallNetwork.images(1, 3);
  }

  private TestSystem system(LinkSpec link) {
    return TestSystem.start(TestSystem.scenario(2, link), directory, directory.resolve("cache"));
  }

  private Route onEdge(int edge) {
    return Route.onOneNode(network.chain(), NodeId.edge(edge));
  }

  @Test
  void edgeThatDiesDuringATask_endsTheRunNamingIt() {
    try (TestSystem system = system(ENDLESS)) {
      system.cloud().deploy(onEdge(2)).join();
      CompletableFuture<Execution> running = system.cloud().execute(TASK, onEdge(2), image);

      system.edges().get(1).close();

      assertThatThrownBy(running::join)
          .hasCauseInstanceOf(RunFailure.class)
          .cause()
          .hasMessageStartingWith("edge-2 is gone");
    }
  }

  @Test
  void taskAfterAnEdgeDied_failsAtOnce() {
    try (TestSystem system = system(ENDLESS)) {
      CompletableFuture<Execution> running = system.cloud().execute(TASK, onEdge(2), image);
      system.edges().get(1).close();
      assertThatThrownBy(running::join).hasCauseInstanceOf(RunFailure.class);

      CompletableFuture<Execution> next = system.cloud().execute(TASK, onEdge(1), image);

      assertThatThrownBy(next::join).cause().hasMessageStartingWith("edge-2 is gone");
    }
  }

  @Test
  void cloudThatCloses_endsItsEdgesWithoutAnError() {
    TestSystem system = system(LinkSpec.UNSHAPED);
    CompletableFuture<Execution> running;
    try (CloudNode cloud = system.cloud()) {
      running = cloud.execute(TASK, onEdge(1), image);
    }

    system
        .edges()
        .forEach(
            edge -> {
              assertThatCode(edge::serve).doesNotThrowAnyException();
              edge.close();
            });
    assertThatCode(() -> running.handle((done, failure) -> null).join()).doesNotThrowAnyException();
  }

  @Test
  void cloudThatVanishes_endsItsEdgesWithOneLine() throws Exception {
    try (CloudNode cloud =
            CloudNode.start(
                CloudSettings.of(
                    "127.0.0.1", 0, TestSystem.scenario(1, LinkSpec.UNSHAPED), directory, 1));
        Relay relay = new Relay(cloud.port());
        EdgeNode edge =
            EdgeNode.start(TestSystem.edgeSettings(relay.port(), "edge-1", directory))) {
      relay.cut();

      assertThatThrownBy(edge::serve)
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("the cloud at 127.0.0.1:" + relay.port() + " is gone");
    }
  }

  @Test
  void componentWithoutWeights_failsTheTaskNamingTheFile() {
    try (TestSystem system = system(LinkSpec.UNSHAPED)) {
      assertThatCode(() -> directory.resolve("net-7.safetensors").toFile().delete())
          .doesNotThrowAnyException();

      CompletableFuture<Execution> running = system.cloud().execute(TASK, onEdge(1), image);

      assertThatThrownBy(running::join)
          .hasCauseInstanceOf(RunFailure.class)
          .cause()
          .hasMessageContaining("net-7.safetensors");
    }
  }
}
