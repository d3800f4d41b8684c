package io.offloadlab.sim;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a simulation rests on. */
final class SimulatedView {
  private SimulatedView() {}

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
                  return n.withTimes(n.flopsPerSecond(), seconds);
                })
            .toList();
    return new SystemView(view.batch(), nodes, view.links());
  }
}
