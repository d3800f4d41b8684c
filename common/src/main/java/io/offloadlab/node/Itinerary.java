package io.offloadlab.node;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.wire.Message.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A route as the tensor travels it: from the source and back to it, with the cloud between two
 * edges, and neighbouring hops on one node together.
 */
final class Itinerary {
  /**
   * A stay on one node.
   *
   * @param hops what runs there; empty where the tensor only passes through
   */
  record Leg(NodeId node, List<Hop> hops) {
    List<Step> steps() {
      return hops.stream().map(h -> new Step(h.component().name(), h.cores())).toList();
    }
  }

  private final List<Leg> legs = new ArrayList<>();

  private Itinerary() {}

  /**
   * Neighbouring legs are the cloud and an edge in turns; the first and the last are the source.
   */
  static List<Leg> of(Route route, NodeId source) {
    Itinerary itinerary = new Itinerary();
    itinerary.at(source);
    for (Hop hop : route.hops()) {
      itinerary.at(hop.node()).hops().add(hop);
    }
    itinerary.at(source);
    return itinerary.legs;
  }

  private Leg at(NodeId node) {
    NodeId last = legs.isEmpty() ? node : legs.get(legs.size() - 1).node();
    if (!last.isCloud() && !node.isCloud() && !last.equals(node)) {
      legs.add(new Leg(NodeId.CLOUD, new ArrayList<>()));
    }
    if (legs.isEmpty() || !last.equals(node)) {
      legs.add(new Leg(node, new ArrayList<>()));
    }
    return legs.get(legs.size() - 1);
  }
}
