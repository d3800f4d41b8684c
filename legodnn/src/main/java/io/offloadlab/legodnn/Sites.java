package io.offloadlab.legodnn;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a system, equal edges together.
 *
 * @param cloud the cloud
 * @param edges all edges, the first one first
 * @param pieces of the network
 * @param bytes of the network
 */
record Sites(Site cloud, List<Site> edges, int pieces, long bytes) {
  /** Of a view. */
  static Sites of(LegoNetwork network, Scenario scenario, SystemView view) {
    Map<Object, NodeTimes> known = new HashMap<>();
    List<NodeTimes> times = new ArrayList<>();
    List<Long> budgets = new ArrayList<>();
    for (NodeId node : view.nodeIds()) {
      // Fleets have many equal edges.
      Object same = node.isCloud() ? node : List.of(view.node(node).named("edge"), view.link(node));
      times.add(
          known.computeIfAbsent(same, any -> NodeTimes.of(node, network, view, scenario.batch())));
      budgets.add(view.node(node).available() ? scenario.memoryBudget(node) : 0);
    }
    return of(network, times, budgets);
  }

  /** Of a system in which nothing takes time: only memory counts. */
  static Sites timeless(LegoNetwork network, Scenario scenario) {
    List<Long> budgets =
        scenario.nodes().stream().map(Scenario.NodeSpec::memoryBudgetBytes).toList();
    return of(network, Collections.nCopies(budgets.size(), NodeTimes.none(network)), budgets);
  }

  private static Sites of(LegoNetwork network, List<NodeTimes> times, List<Long> budgets) {
    Map<Kind, Integer> kinds = new HashMap<>();
    List<Site> all = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      Kind kind = new Kind(times.get(i), budgets.get(i));
      int number = kinds.computeIfAbsent(kind, any -> kinds.size());
      all.add(new Site(new NodeId(i), number, times.get(i), budgets.get(i)));
    }
    return new Sites(
        all.get(0), all.subList(1, all.size()), network.pieces().size(), network.bytes());
  }

  /** What makes two nodes equal. */
  private record Kind(NodeTimes times, long budget) {}

  /** Edges that are equal, by kind, in order of the first. */
  static List<List<Site>> kinds(List<Site> edges) {
    Map<Integer, List<Site>> kinds = new LinkedHashMap<>();
    edges.forEach(e -> kinds.computeIfAbsent(e.kind(), any -> new ArrayList<>()).add(e));
    return List.copyOf(kinds.values());
  }

  /**
   * Edges that a plan may use beside others: of equal ones no more than can be of use to it.
   *
   * @param but edges that it may use anyway
   */
  List<Site> useful(List<Site> but) {
    List<Site> useful = new ArrayList<>();
    for (List<Site> kind :
        kinds(
            edges.stream()
                .filter(e -> but.stream().noneMatch(o -> o.node().equals(e.node())))
                .toList())) {
      useful.addAll(kind.subList(0, Math.min(kind.size(), copies(kind.get(0)))));
    }
    return useful;
  }

  /**
   * How many of some equal edges one plan can need. What lies on two of them, and would fit on one,
   * is as well off there; so any two of those that are needed hold more than one's budget.
   */
  private int copies(Site site) {
    if (site.budget() == 0) {
      return 0;
    }
    double twice = 2.0 * bytes / site.budget();
    return site.budget() >= bytes ? 1 : (int) Math.min(pieces, Math.floor(twice) + 1);
  }

  /** Edges that others may do well to use: the fastest, as many as hold the network. */
  List<Site> helpers(int least, int most) {
    List<Site> sorted =
        useful(List.of()).stream()
            .sorted(Comparator.comparingDouble((Site s) -> s.times().whole()))
            .toList();
    List<Site> helpers = new ArrayList<>();
    double held = 0;
    for (Site s : sorted) {
      if (helpers.size() < most && (helpers.size() < least || held < bytes)) {
        helpers.add(s);
        held += s.budget();
      }
    }
    return helpers;
  }

  /** Those with the most memory: where any network fits, it fits into these. */
  List<Site> roomiest() {
    return edges.stream()
        .sorted(Comparator.comparingLong(Site::budget).reversed())
        .limit(pieces)
        .toList();
  }

  /** An edge that is as fast as any in everything and holds whatever is put there. */
  Site ideal() {
    NodeTimes least =
        kinds(edges).stream()
            .filter(kind -> kind.get(0).budget() > 0)
            .map(kind -> kind.get(0).times())
            .reduce(NodeTimes::least)
            .orElse(edges.get(0).times());
    return new Site(edges.get(0).node(), -1, least, Long.MAX_VALUE);
  }
}
