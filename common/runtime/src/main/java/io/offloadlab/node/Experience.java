package io.offloadlab.node;

import io.offloadlab.profile.LiveView;
import io.offloadlab.strategy.Hop;
import io.offloadlab.wire.Segment;
import java.util.List;

/** What a task experienced of nodes and links, for the live view. */
final class Experience {
  private static final double NANOS_PER_SECOND = 1e9;

  private Experience() {}

  static void of(Walk walk, Execution execution, LiveView live) {
    List<Itinerary.Leg> legs = walk.legs();
    for (int i = 0; i < legs.size(); i++) {
      List<Hop> hops = legs.get(i).hops();
      int at = 0;
      for (Segment.Stretch s : execution.trace().get(i).segment().stretches()) {
        // Those that run together use as many cores.
        boolean all = hops.get(at).cores() == Hop.ALL_CORES;
        List<Hop> together =
            at == 0 && s.hops() == hops.size() ? hops : hops.subList(at, at + s.hops());
        at += s.hops();
        // The view is of nodes that use all their cores.
        if (all) {
          live.ran(together, s.nanos() / NANOS_PER_SECOND, walk.batch());
        }
      }
    }
    List<Breakdown.Transfer> transfers = walk.breakdown().transfers();
    for (int i = 0; i < transfers.size(); i++) {
      Breakdown.Transfer t = transfers.get(i);
      live.transferred(t.edge(), t.up(), walk.bytesMoved().get(i), t.nanos() / NANOS_PER_SECOND);
    }
  }
}
