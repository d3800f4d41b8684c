package io.offloadlab.node;

import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import java.util.HashMap;
import java.util.Map;

/** When each edge's uplink will be free, from what was decided to be sent; times in seconds. */
final class Uplinks {
  private final Map<NodeId, Double> freeAt = new HashMap<>();

  /** A tensor leaves an edge for the cloud at a time, or as soon as the uplink is free. */
  void send(LatencyModel model, NodeId edge, Shape tensor, int batch, double time) {
    if (edge.isCloud()) {
      return;
    }
    // What is sent occupies the uplink; how long it then travels does not.
    double travelling = model.transferSeconds(edge, NodeId.CLOUD, 0);
    double sending = model.transferSeconds(edge, NodeId.CLOUD, tensor, batch) - travelling;
    freeAt.merge(edge, time + sending, (free, now) -> Math.max(free, time) + sending);
  }

  /** Seconds until an edge's uplink is free. */
  double backlogSeconds(NodeId edge, double time) {
    return Math.max(0, freeAt.getOrDefault(edge, time) - time);
  }
}
