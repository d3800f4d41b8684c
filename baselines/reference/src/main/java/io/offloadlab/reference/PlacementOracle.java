package io.offloadlab.reference;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The placement of a chain with the least predicted latency among all |nodes|^|components| that
 * keep every node within its memory budget.
 *
 * <p>A* over partial placements; the estimate is the exact least latency of the rest without
 * budgets, so the first complete placement taken from the queue is optimal. A partial placement is
 * dropped when another one on the same node is no slower and leaves every node as much memory.
 */
final class PlacementOracle {
  private final List<Component> chain;
  private final Scenario scenario;
  private final LatencyModel model;
  private final NodeId source;
  private final int batch;
  private final int nodes;
  private final double[][] rest;

  /** The first {@code placed} components, the last of them on {@code node}. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Partial(
      Partial before, int placed, NodeId node, double seconds, double estimate, long[] bytes) {}

  PlacementOracle(
      List<Component> chain, Scenario scenario, SystemView view, NodeId source, int batch) {
    this.chain = chain;
    this.scenario = scenario;
    this.model = new LatencyModel(view);
    this.source = source;
    this.batch = batch;
    this.nodes = scenario.nodes().size();
    this.rest = leastRest();
  }

  /** The best placement; empty if none keeps the budgets. */
  Optional<Route> best() {
    PriorityQueue<Partial> open =
        new PriorityQueue<>(
            Comparator.comparingDouble(Partial::estimate).thenComparing(Partial::placed));
    List<List<Partial>> settled = new ArrayList<>();
    for (int i = 0; i <= chain.size() * nodes; i++) {
      settled.add(new ArrayList<>());
    }
    open.add(new Partial(null, 0, source, 0, 0, new long[nodes]));
    while (!open.isEmpty()) {
      Partial next = open.remove();
      if (next.placed() == chain.size()) {
        return Optional.of(route(next));
      }
      List<Partial> here = settled.get(next.placed() * nodes + next.node().index());
      if (here.stream().anyMatch(other -> isAsGood(other, next))) {
        continue;
      }
      here.add(next);
      for (int i = 0; i < nodes; i++) {
        extend(next, new NodeId(i)).ifPresent(open::add);
      }
    }
    return Optional.empty();
  }

  private Optional<Partial> extend(Partial from, NodeId to) {
    int at = from.placed();
    long[] bytes = from.bytes().clone();
    bytes[to.index()] += chain.get(at).bytes();
    if (bytes[to.index()] > scenario.memoryBudget(to)) {
      return Optional.empty();
    }
    double seconds = from.seconds() + step(at, from.node(), to);
    return Optional.of(
        new Partial(from, at + 1, to, seconds, seconds + rest[at][to.index()], bytes));
  }

  private double step(int at, NodeId from, NodeId to) {
    Component component = chain.get(at);
    boolean begins = at == 0 || !from.equals(to);
    return model.transferSeconds(from, to, component.input(), batch)
        + (begins ? model.startSeconds(to, component.input(), batch) : 0)
        + model.joinedSeconds(to, component, batch);
  }

  /** Least seconds after component {@code i} on node {@code j}, without memory budgets. */
  private double[][] leastRest() {
    int last = chain.size() - 1;
    double[][] least = new double[chain.size()][nodes];
    for (int j = 0; j < nodes; j++) {
      least[last][j] =
          model.transferSeconds(new NodeId(j), source, chain.get(last).output(), batch);
    }
    for (int i = last; i > 0; i--) {
      for (int from = 0; from < nodes; from++) {
        least[i - 1][from] = Double.POSITIVE_INFINITY;
        for (int to = 0; to < nodes; to++) {
          double seconds = step(i, new NodeId(from), new NodeId(to)) + least[i][to];
          least[i - 1][from] = Math.min(least[i - 1][from], seconds);
        }
      }
    }
    return least;
  }

  private boolean isAsGood(Partial a, Partial b) {
    if (a.seconds() > b.seconds()) {
      return false;
    }
    for (int i = 0; i < nodes; i++) {
      boolean limited = scenario.memoryBudget(new NodeId(i)) < Long.MAX_VALUE;
      if (limited && a.bytes()[i] > b.bytes()[i]) {
        return false;
      }
    }
    return true;
  }

  private Route route(Partial last) {
    List<Hop> hops = new ArrayList<>();
    for (Partial p = last; p.before() != null; p = p.before()) {
      hops.add(0, new Hop(chain.get(p.placed() - 1), p.node()));
    }
    return new Route(hops);
  }
}
