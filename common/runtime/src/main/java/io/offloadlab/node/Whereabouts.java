package io.offloadlab.node;

import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where guided tasks are and when what they occupy is free again, from what was decided; times in
 * seconds. Touched by the guide's thread alone.
 */
final class Whereabouts {
  private final Map<NodeId, StatusTwin> twins = new HashMap<>();
  private final Map<NodeId, Double> uplinkFreeAt = new HashMap<>();

  StatusTwin at(NodeId node) {
    return twins.computeIfAbsent(node, n -> new StatusTwin());
  }

  /**
   * A task leaves its node when it has run those of the hops that are there, and goes on to where
   * the next one is, or back to its source.
   *
   * @param rest hops that the task has still to run
   * @param time when it begins with them
   */
  void leaves(GuidedTask t, List<Hop> rest, double time, LatencyModel model) {
    double leaves = time;
    int here = 0;
    while (here < rest.size() && rest.get(here).node().equals(t.node)) {
      leaves += model.computeSeconds(rest.get(here), t.task.batch());
      here++;
    }
    at(t.node).leaves(t, leaves);
    NodeId next = here < rest.size() ? rest.get(here).node() : t.task.source();
    if (!next.equals(t.node)) {
      int done = t.hops.size() - rest.size() + here;
      Shape tensor =
          done == 0 ? t.hops.get(0).component().input() : t.hops.get(done - 1).component().output();
      sends(t.node, tensor, t.task.batch(), leaves, model);
    }
  }

  /** A tensor leaves a node at a time, or as soon as the uplink is free; the cloud has none. */
  void sends(NodeId from, Shape tensor, int batch, double time, LatencyModel model) {
    if (from.isCloud()) {
      return;
    }
    // What is sent occupies the uplink; how long it then travels does not.
    double travelling = model.transferSeconds(from, NodeId.CLOUD, 0);
    double sending = model.transferSeconds(from, NodeId.CLOUD, tensor, batch) - travelling;
    uplinkFreeAt.merge(from, time + sending, (free, now) -> Math.max(free, time) + sending);
  }

  /** Seconds until an edge's uplink is free. */
  double uplinkBacklogSeconds(NodeId edge, double time) {
    return Math.max(0, uplinkFreeAt.getOrDefault(edge, time) - time);
  }

  /** A task is over, however it ended. */
  void forget(GuidedTask t) {
    if (t.node != null) {
      at(t.node).forget(t);
    }
  }
}
