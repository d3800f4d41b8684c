package io.offloadlab.node;

import io.offloadlab.profile.LiveView;
import io.offloadlab.strategy.Hop;
import java.util.List;

/** What a task experienced of nodes and links, for the live view. */
final class Experience {
  private static final double NANOS_PER_SECOND = 1e9;

  private Experience() {}

  static void of(Walk walk, Execution execution, LiveView live) {
    List<Itinerary.Leg> legs = walk.legs();
    for (int i = 0; i < legs.size(); i++) {
      List<Long> nanos = execution.trace().get(i).segment().hopNanos();
      for (int h = 0; h < nanos.size(); h++) {
        Hop hop = legs.get(i).hops().get(h);
        // The view is of nodes that use all their cores.
        if (hop.cores() == Hop.ALL_CORES) {
          double took = nanos.get(h) / NANOS_PER_SECOND;
          live.ran(hop.node(), hop.component().name(), took, walk.batch());
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
