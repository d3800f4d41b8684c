package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.TaskRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be said of a setting in which where to compute is no question. */
public final class PlaceNote {
  private PlaceNote() {}

  /**
   * That every strategy computed everything in the same place; empty where some did not. References
   * do not count: they stay in one place by design.
   */
  public static Optional<String> of(List<Entry> entries, List<StrategyResult> results) {
    Set<String> references =
        entries.stream().filter(Entry::reference).map(Entry::name).collect(Collectors.toSet());
    List<StrategyResult> studied =
        results.stream().filter(r -> !references.contains(r.strategy())).toList();
    Set<String> places =
        studied.stream()
            .flatMap(r -> r.records().stream())
            .map(PlaceNote::place)
            .collect(Collectors.toSet());
    if (studied.size() < 2 || places.size() != 1 || places.contains("")) {
      return Optional.empty();
    }
    return Optional.of(
        "every strategy computed every task on %s alone: in this setting it is no question where to compute (it is one with --scenario memory-tight or slow-uplink)"
            .formatted(places.iterator().next()));
  }

  /** The cloud, or the edge of the task; empty for several nodes or another device's. */
  private static String place(TaskRecord r) {
    Set<NodeId> nodes =
        r.route().hops().stream().map(Hop::node).collect(Collectors.toUnmodifiableSet());
    if (nodes.size() != 1) {
      return "";
    }
    NodeId only = nodes.iterator().next();
    return only.isCloud() ? "the cloud" : only.equals(r.task().device()) ? "its own edge" : "";
  }
}
