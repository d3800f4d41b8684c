package io.offloadlab.node;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.wire.Message.Hello;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known before anything is measured: what nodes said of themselves, and settings. */
final class FirstView {
  private FirstView() {}

  static SystemView of(Scenario scenario, MeasuredMachine cloud, List<RemoteEdge> edges) {
    List<NodeView> nodes = new ArrayList<>();
    nodes.add(
        node(
            scenario,
            NodeId.CLOUD,
            NodeId.CLOUD.toString(),
            cloud.flopsPerSecond(),
            cloud.cores(),
            cloud.memoryBytes()));
    for (RemoteEdge edge : edges) {
      Hello h = edge.hello();
      nodes.add(
          node(scenario, edge.id(), h.name(), h.flopsPerSecond(), h.cores(), h.memoryBytes()));
    }
    List<LinkView> links =
        scenario.links().stream()
            .map(l -> new LinkView(l.upBytesPerSecond(), l.downBytesPerSecond(), l.rttSeconds()))
            .toList();
    return new SystemView(scenario.batch(), nodes, links);
  }

  private static NodeView node(
      Scenario scenario, NodeId id, String name, double flopsPerSecond, int cores, long memory) {
    double factor = scenario.nodes().get(id.index()).speedFactor();
    return new NodeView(name, flopsPerSecond * factor, cores, memory, Map.of());
  }
}
