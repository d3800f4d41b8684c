package io.offloadlab.legodnn;

import io.offloadlab.strategy.SystemView;

/** Whether a view has moved so far from the one planned with that the plan should be made anew. */
final class Staleness {
  private final double threshold;

  /**
   * @param threshold relative change of a speed or bandwidth beyond which a plan is stale
   */
  Staleness(double threshold) {
    this.threshold = threshold;
  }

  @SuppressWarnings("ReferenceEquality") // Most tasks come with the view of the one before.
  boolean isStale(SystemView planned, SystemView now) {
    if (planned == now) {
      return false;
    }
    if (planned.nodes().size() != now.nodes().size()) {
      return true;
    }
    for (int i = 0; i < now.nodes().size(); i++) {
      SystemView.NodeView before = planned.nodes().get(i);
      SystemView.NodeView after = now.nodes().get(i);
      if (before.available() != after.available()
          || moved(before.flopsPerSecond(), after.flopsPerSecond())) {
        return true;
      }
    }
    for (int i = 0; i < now.links().size(); i++) {
      SystemView.LinkView before = planned.links().get(i);
      SystemView.LinkView after = now.links().get(i);
      if (moved(before.upBytesPerSecond(), after.upBytesPerSecond())
          || moved(before.downBytesPerSecond(), after.downBytesPerSecond())) {
        return true;
      }
    }
    return false;
  }

  private boolean moved(double before, double after) {
    // Two unlimited rates are equal, though their difference is not a number.
    return before != after && !(Math.abs(after - before) <= threshold * before);
  }
}
