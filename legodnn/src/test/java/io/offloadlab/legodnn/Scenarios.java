package io.offloadlab.legodnn;

import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Scenarios and views for tests: a cloud and two edges. */
final class Scenarios {
  static final long UNLIMITED = Long.MAX_VALUE;
  static final ModelDirectory MODEL = ModelShelf.find().model("cifar10");

  private Scenarios() {}

  /** The published scenario: the cloud may hold a quarter of the network, the edges all of it. */
  static Scenario published(double accuracy) {
    long quarter = MODEL.network().parameters();
    return scenario(true, accuracy, quarter, UNLIMITED);
  }

  static Scenario scenario(boolean atCloud, double accuracy, long cloud, long edge) {
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

  static StrategyContext context(Scenario scenario, Map<String, String> options) {
    return new StrategyContext(MODEL.network(), MODEL.profile(), scenario, options);
  }

  /** Nodes of given speeds in GFLOP/s on links of given rates in MB/s with 0.2 ms round trip. */
  static SystemView view(double cloud, double edge1, double edge2, double up, double down) {
    LinkView link = new LinkView(up * 1e6, down * 1e6, 0.0002);
    return new SystemView(1, List.of(node(cloud), node(edge1), node(edge2)), List.of(link, link));
  }

  /** Tasks at every edge of many. */
  static Scenario fleet(int edges, double accuracy, long cloud, long edge) {
    List<NodeSpec> nodes = new ArrayList<>(List.of(new NodeSpec(1, cloud)));
    nodes.addAll(Collections.nCopies(edges, new NodeSpec(1, edge)));
    return new Scenario(
        "fleet",
        false,
        nodes,
        Collections.nCopies(edges, LinkSpec.UNSHAPED),
        new Arrivals.Sequential(),
        1,
        accuracy,
        1);
  }

  /** A cloud of 50 GFLOP/s and edges of so many kinds, which take turns. */
  static SystemView fleetView(int edges, int kinds) {
    Random random = new Random(1);
    List<Double> speeds = new ArrayList<>();
    List<LinkView> kindsOfLinks = new ArrayList<>();
    for (int k = 0; k < kinds; k++) {
      speeds.add(5 + 45 * random.nextDouble());
      double rate = 1e6 + 50e6 * random.nextDouble();
      kindsOfLinks.add(new LinkView(rate, rate, 0.002));
    }
    List<NodeView> nodes = new ArrayList<>(List.of(node(50)));
    List<LinkView> links = new ArrayList<>();
    for (int e = 0; e < edges; e++) {
      nodes.add(node(speeds.get(e % kinds)));
      links.add(kindsOfLinks.get(e % kinds));
    }
    return new SystemView(1, nodes, links);
  }

  static Task task(NodeId source) {
    return new Task(0, source, NodeId.edge(1), 0, List.of(0));
  }

  private static NodeView node(double gflops) {
    return new NodeView("node", gflops * 1e9, 2, 1L << 34, Map.of());
  }
}
