package io.offloadlab.node;

import io.offloadlab.graph.Shape;
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
   * @param steps the hops as the node is told them
   */
  record Leg(NodeId node, List<Hop> hops, List<Step> steps) {
    Leg(NodeId node, List<Hop> hops) {
      this(node, List.copyOf(hops), hops.stream().map(Leg::step).toList());
    }

    private static Step step(Hop h) {
      return new Step(h.component().name(), h.cores(), h.sideBranch());
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

  /** Whether nothing runs on any later leg. */
  boolean endsOn(int i) {
    boolean ends = !open;
    for (int k = i + 1; k < legs.size(); k++) {
      ends &= legs.get(k).hops().isEmpty();
    }
    return ends;
  }

  /** Shape of a sample when leg {@code i} is over; see {@link Route#after}. */
  Shape shapeAfter(int i) {
    boolean ends = endsOn(i);
    for (int k = i; k >= 0; k--) {
      List<Hop> hops = legs.get(k).hops();
      for (int h = hops.size() - 1; h >= 0; h--) {
        if (ends || !hops.get(h).sideBranch()) {
          return hops.get(h).component().output();
        }
      }
    }
    return input();
  }

  private Shape input() {
    int first = 0;
    while (legs.get(first).hops().isEmpty()) {
      first++;
    }
    return legs.get(first).hops().get(0).component().input();
  }

  /** Index of the last leg as far as is known. */
  int last() {
    return legs.size() - 1;
  }
}
