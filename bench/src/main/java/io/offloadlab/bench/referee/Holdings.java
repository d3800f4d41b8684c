package io.offloadlab.bench.referee;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What nodes must hold for the routes that devices have: every component once, whichever devices
 * share it. Of nodes that held more than now, the most counts.
 */
final class Holdings {
  private final Map<NodeId, Map<String, Integer>> users = new HashMap<>();
  private final Map<NodeId, Long> bytes = new HashMap<>();
  private final Map<NodeId, Long> most = new HashMap<>();
  private final Map<NodeId, Set<Hop>> ofDevice = new HashMap<>();

  /** A device has these routes instead of those it had. */
  void change(NodeId device, List<Route> routes) {
    Set<Hop> now = new HashSet<>();
    routes.forEach(r -> now.addAll(r.hops()));
    Set<Hop> before = ofDevice.put(device, now);
    if (before != null) {
      before.forEach(h -> count(h, -1));
    }
    now.forEach(h -> count(h, 1));
    now.forEach(h -> most.merge(h.node(), bytes.get(h.node()), Math::max));
  }

  /** Whether a device has routes here. */
  boolean has(NodeId device) {
    return ofDevice.containsKey(device);
  }

  /**
   * A plan has changed: what devices had belongs to the plan before it, which others leave with
   * their next task.
   */
  void clear() {
    users.clear();
    bytes.clear();
    ofDevice.clear();
  }

  private void count(Hop hop, int change) {
    Component c = hop.component();
    Map<String, Integer> users = this.users.computeIfAbsent(hop.node(), n -> new HashMap<>());
    int now = users.merge(c.name(), change, Integer::sum);
    if (now == 0) {
      users.remove(c.name());
    }
    if (now == 0 || (now == 1 && change == 1)) {
      bytes.merge(hop.node(), change * c.bytes(), Long::sum);
    }
  }

  /** Most bytes that each node had to hold at once. */
  Map<NodeId, Long> mostBytes() {
    return Map.copyOf(most);
  }
}
