package io.offloadlab.node;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.wire.Message.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A route as the tensor travels it: from the source and back to it, with the cloud between two
 * edges, and neighbouring hops on one node together. Neighbouring legs are the cloud and an edge in
 * turns.
 *
 * @param legs the first is the source; so is the last, unless more is to come
 * @param open whether it is not known yet what follows on the last leg
 */
record Itinerary(List<Leg> legs, boolean open) {
  /**
   * A stay on one node.
   *
   * @param hops what runs there; empty where the tensor only passes through
   */
  record Leg(NodeId node, List<Hop> hops) {
    Leg {
      hops = List.copyOf(hops);
    }

    List<Step> steps() {
      return hops.stream()
          .map(h -> new Step(h.component().name(), h.cores(), h.sideBranch()))
          .toList();
    }
  }

  Itinerary {
    legs = List.copyOf(legs);
  }

  /** All of a route. */
  static Itinerary of(Route route, NodeId source) {
    return from(source).then(route.hops()).ended();
  }

  /** The task is at its source; nothing more is known. */
  static Itinerary from(NodeId source) {
    return new Itinerary(List.of(new Leg(source, List.of())), true);
  }

  /** Goes on to a node. */
  Itinerary to(NodeId node) {
    NodeId at = legs.get(legs.size() - 1).node();
    if (at.equals(node)) {
      return this;
    }
    List<Leg> more = new ArrayList<>(legs);
    if (!at.isCloud() && !node.isCloud()) {
      more.add(new Leg(NodeId.CLOUD, List.of()));
    }
    more.add(new Leg(node, List.of()));
    return new Itinerary(more, true);
  }

  /** Runs these hops, wherever they are. */
  Itinerary then(List<Hop> hops) {
    Itinerary course = this;
    for (Hop hop : hops) {
      course = course.to(hop.node()).here(hop);
    }
    return course;
  }

  private Itinerary here(Hop hop) {
    List<Leg> changed = new ArrayList<>(legs);
    Leg last = changed.remove(changed.size() - 1);
    List<Hop> hops = new ArrayList<>(last.hops());
    hops.add(hop);
    changed.add(new Leg(last.node(), hops));
    return new Itinerary(changed, true);
  }

  /** Back to the source, and no further. */
  Itinerary ended() {
    return new Itinerary(to(legs.get(0).node()).legs, false);
  }

  /** Index of the last leg as far as is known. */
  int last() {
    return legs.size() - 1;
  }
}
