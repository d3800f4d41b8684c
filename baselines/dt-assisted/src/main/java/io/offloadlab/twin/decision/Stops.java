package io.offloadlab.twin.decision;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stops that memory has room for, on every device. Nodes hold whatever any decision may need,
 * because there is no time to bring it when a task is at a boundary: budgets are for all stops
 * together.
 *
 * <p>Where not all of them fit, those are preferred that are accurate enough, then those that need
 * little of the device: many stops are worth more than few large ones.
 */
public final class Stops {
  private final Chains chains;
  private final Scenario scenario;
  private final Map<Component, Long> bytes = new HashMap<>();
  private final Map<Long, List<Stop>> byBudget = new HashMap<>();

  private Stops(Chains chains, Scenario scenario) {
    this.chains = chains;
    this.scenario = scenario;
    chains.components().forEach(c -> bytes.put(c, c.bytes()));
  }

  /** Those that the memory budgets of a scenario have room for. */
  public static Stops of(Chains chains, Scenario scenario) {
    Stops stops = new Stops(chains, scenario);
    stops.choose();
    return stops;
  }

  private void choose() {
    List<Stop> all = all();
    double threshold = scenario.accuracyThreshold();
    List<Stop> preferred =
        all.stream()
            .sorted(
                Comparator.comparing((Stop s) -> s.exit().accuracy() < threshold)
                    .thenComparing(Stop::boundary)
                    .thenComparing(s -> -s.exit().accuracy()))
            .toList();
    Set<Component> cloud = new HashSet<>();
    for (int edge = 1; edge <= scenario.edges(); edge++) {
      NodeId device = NodeId.edge(edge);
      long budget = scenario.memoryBudget(device);
      if (!byBudget.containsKey(budget)) {
        Set<Stop> chosen = chosen(preferred, device, cloud);
        // In their own order, which ties between equal stops are broken by.
        byBudget.put(budget, all.stream().filter(chosen::contains).toList());
      }
    }
  }

  private List<Stop> all() {
    List<Stop> all = new ArrayList<>();
    for (ExitPoint exit : chains.exits()) {
      for (int l = 0; l <= exit.branch(); l++) {
        all.add(new Stop(exit, l, true));
      }
      all.add(new Stop(exit, exit.branch(), false));
    }
    return all;
  }

  /**
   * @param cloud what the cloud holds already; what these stops need is added
   */
  private Set<Stop> chosen(List<Stop> preferred, NodeId device, Set<Component> cloud) {
    Set<Component> held = new HashSet<>();
    Set<Stop> chosen = new HashSet<>();
    for (Stop stop : preferred) {
      Set<Component> here = new HashSet<>(held);
      Set<Component> there = new HashSet<>(cloud);
      stop.route(chains, device)
          .hops()
          .forEach(h -> (h.node().isCloud() ? there : here).add(h.component()));
      if (bytes(here) <= scenario.memoryBudget(device)
          && bytes(there) <= scenario.memoryBudget(NodeId.CLOUD)) {
        chosen.add(stop);
        held.addAll(here);
        cloud.addAll(there);
      }
    }
    return chosen;
  }

  private long bytes(Set<Component> components) {
    return components.stream().mapToLong(bytes::get).sum();
  }

  /** Those of a device. */
  public List<Stop> of(NodeId device) {
    return byBudget.get(scenario.memoryBudget(device));
  }
}
