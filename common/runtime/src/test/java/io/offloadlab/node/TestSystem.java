package io.offloadlab.node;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A cloud and its edges in this process, on a free port. */
record TestSystem(CloudNode cloud, List<EdgeNode> edges) implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  static Scenario scenario(int edges, LinkSpec link) {
    return new Scenario(
        "test",
        true,
        Collections.nCopies(edges + 1, new NodeSpec(1, Long.MAX_VALUE)),
        Collections.nCopies(edges, link),
        new Arrivals.Sequential(),
        1,
        0,
        1);
  }

  static EdgeSettings edgeSettings(int port, String name, Path cache) {
    return new EdgeSettings(
        "127.0.0.1", port, name, Engine.Processor.CPU, Engines.AUTO, 1, cache, SOON);
  }

  static TestSystem start(Scenario scenario, Path modelDirectory, Path cache) {
    CloudNode cloud =
        CloudNode.start(CloudSettings.of("127.0.0.1", 0, scenario, modelDirectory, 1));
    List<EdgeNode> edges = new ArrayList<>();
    try {
      for (int i = 1; i <= scenario.edges(); i++) {
        edges.add(EdgeNode.start(edgeSettings(cloud.port(), "edge-" + i, cache)));
      }
      cloud.awaitEdges(SOON);
    } catch (RuntimeException e) {
      edges.forEach(EdgeNode::close);
      cloud.close();
      throw e;
    }
    return new TestSystem(cloud, edges);
  }

  @Override
  public void close() {
    cloud.close();
    edges.forEach(EdgeNode::close);
  }
}
