package io.offloadlab.sim;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest view of the simulated system: what was measured, and the queues as they are now. */
final class SimulatedView {
  private final SystemView base;
  private final NodeView[] nodes;
  private SystemView newest;

  /**
   * @param measured what the simulation rests on
   */
  SimulatedView(SystemView measured) {
    this.base = measured;
    this.nodes = measured.nodes().toArray(NodeView[]::new);
    this.newest = measured;
  }

  /**
   * A view in which every component has its seconds on every node: measured where they were, else
   * as {@link LatencyModel} estimates them.
   */
  static SystemView complete(SystemView view, List<Component> components) {
    LatencyModel model = new LatencyModel(view);
    List<NodeView> nodes =
        view.nodeIds().stream()
            .map(
                id -> {
                  NodeView n = view.node(id);
                  Map<String, Double> seconds = new HashMap<>(n.componentSeconds());
                  for (Component c : components) {
                    if (!seconds.containsKey(c.name())) {
                      seconds.put(c.name(), model.computeSeconds(id, c, view.batch()));
                    }
                  }
                  return with(n, 0, seconds);
                })
            .toList();
    return new SystemView(view.batch(), nodes, view.links());
  }

  void queueLength(NodeId node, int waiting) {
    NodeView n = nodes[node.index()];
    if (n.queueLength() != waiting) {
      nodes[node.index()] = with(n, waiting, n.componentSeconds());
      newest = null;
    }
  }

  SystemView newest() {
    if (newest == null) {
      newest = new SystemView(base.batch(), Arrays.asList(nodes), base.links());
    }
    return newest;
  }

  private static NodeView with(NodeView n, int waiting, Map<String, Double> seconds) {
    return new NodeView(n.name(), n.flopsPerSecond(), n.cores(), n.memoryBytes(), waiting, seconds);
  }
}
