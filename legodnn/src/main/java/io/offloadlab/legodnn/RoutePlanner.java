package io.offloadlab.legodnn;

import io.offloadlab.failure.Infeasible;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.legodnn.LegoNetwork.Piece;
import io.offloadlab.legodnn.LegoNetwork.Variant;
import io.offloadlab.legodnn.accuracy.AccuracyPredictor;
import io.offloadlab.legodnn.accuracy.Margin;
import io.offloadlab.legodnn.plan.Objective;
import io.offloadlab.legodnn.plan.Outcome;
import io.offloadlab.legodnn.plan.Plan;
import io.offloadlab.legodnn.plan.PlanningProblem;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import io.offloadlab.legodnn.plan.VariantPlanner;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Turns views into routes, one per node at which tasks arise.
 *
 * <p>A plan must keep the threshold with a margin, except that the original network, whose accuracy
 * is measured and not predicted, needs none. The first source is planned for all of the nodes'
 * memory; each further one for what is left, where components that a node already holds are free.
 * So the routes together stay within the budgets, and a source can always at least take over an
 * earlier one's placement.
 */
final class RoutePlanner {
  private static final double MIB = 1 << 20;

  private final LegoNetwork network;
  private final Scenario scenario;
  private final AccuracyPredictor predictor;
  private final Objective objective;
  private final Margin margin;

  RoutePlanner(
      LegoNetwork network,
      Scenario scenario,
      AccuracyPredictor predictor,
      Objective objective,
      Margin margin) {
    this.network = network;
    this.scenario = scenario;
    this.predictor = predictor;
    this.objective = objective;
    this.margin = margin;
  }

  /**
   * Fails if the scenario asks for what no system could give, so that nothing need be measured
   * first.
   *
   * @throws Infeasible with the best accuracy that can be reached
   */
  void checkFeasible() {
    VariantPlanner.whyNot(
            problem(NodeId.CLOUD, Holdings.none(), n -> true, (c, n) -> 0.0, (s, h) -> 0.0))
        .ifPresent(
            why -> {
              throw infeasible(why);
            });
  }

  /** A route per source. */
  Map<NodeId, Route> plan(SystemView view) {
    LatencyModel model = new LatencyModel(view);
    int batch = scenario.batch();
    Holdings held = Holdings.none();
    Map<NodeId, Route> routes = new LinkedHashMap<>();
    for (NodeId source : sources()) {
      PlanningProblem problem =
          problem(
              source,
              held,
              node -> view.node(node).available(),
              (component, node) -> model.joinedSeconds(node, component, batch),
              (shape, hop) ->
                  model.transferSeconds(hop.from(), hop.to(), shape, batch)
                      + (hop.begins() ? model.startSeconds(hop.to(), shape, batch) : 0));
      Route route = route(solve(problem));
      route.hops().forEach(held::add);
      routes.put(source, route);
    }
    return routes;
  }

  private List<NodeId> sources() {
    return scenario.tasksAtCloud()
        ? List.of(NodeId.CLOUD)
        : IntStream.rangeClosed(1, scenario.edges()).mapToObj(NodeId::edge).toList();
  }

  private Plan solve(PlanningProblem problem) {
    Outcome outcome = VariantPlanner.solve(problem);
    if (outcome instanceof Outcome.Planned planned) {
      return planned.plan();
    }
    throw infeasible((Outcome.Infeasible) outcome);
  }

  private Infeasible infeasible(Outcome.Infeasible why) {
    if (why.leastCost() == Double.POSITIVE_INFINITY) {
      long least =
          network.pieces().stream()
              .mapToLong(
                  p -> p.variants().stream().mapToLong(v -> v.component().bytes()).min().orElse(0))
              .sum();
      return failure(
          "no network fits the memory budgets: the smallest has %.1f MiB and the nodes hold %s;"
              + " raise a memory budget",
          least / MIB, budgets());
    }
    double best =
        Math.max(
            promised(predictor.accuracy(why.leastCost())),
            why.originalFits() ? predictor.originalAccuracy() : 0);
    if (why.memoryIsCulprit()) {
      return failure(
          "accuracy %.4f is out of reach within the memory budgets (%s): the best reachable is"
              + " %.4f; raise a memory budget or lower --acc to that",
          scenario.accuracyThreshold(), budgets(), floor(best));
    }
    return failure(
        "accuracy %.4f is out of reach: the best reachable is %.4f; lower --acc to that",
        scenario.accuracyThreshold(), floor(best));
  }

  /** What can be asked of a network that is predicted to have an accuracy. */
  private double promised(double predicted) {
    return predicted - margin.at(predictor.originalAccuracy() - predicted);
  }

  private double costBudget() {
    double original = predictor.originalAccuracy();
    double threshold = scenario.accuracyThreshold();
    return threshold <= 0
        ? Double.POSITIVE_INFINITY
        : predictor.costBudget(original - margin.largestDrop(original - threshold));
  }

  /** Rounded down to what four digits can say, so that it can be asked for. */
  private static double floor(double accuracy) {
    return Math.floor(Math.max(0, accuracy) * 1e4 + 1e-6) / 1e4;
  }

  private static Infeasible failure(String format, Object... values) {
    return new Infeasible(String.format(Locale.ROOT, format, values));
  }

  private String budgets() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < scenario.nodes().size(); i++) {
      NodeId node = new NodeId(i);
      long budget = scenario.memoryBudget(node);
      all.add(
          budget == Long.MAX_VALUE
              ? node + " unlimited"
              : String.format(Locale.ROOT, "%s %.1f MiB", node, budget / MIB));
    }
    return String.join(", ", all);
  }

  private Route route(Plan plan) {
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < plan.choices().size(); i++) {
      Variant variant = network.pieces().get(i).variants().get(plan.choices().get(i));
      hops.add(new Hop(variant.component(), new NodeId(plan.nodes().get(i))));
    }
    return new Route(hops);
  }

  private PlanningProblem problem(
      NodeId source,
      Holdings held,
      Predicate<NodeId> available,
      BiFunction<Component, NodeId, Double> compute,
      BiFunction<Shape, Ends, Double> transfer) {
    List<NodeId> nodes = IntStream.range(0, scenario.nodes().size()).mapToObj(NodeId::new).toList();
    List<PlanningProblem.Piece> pieces = new ArrayList<>();
    List<Shape> tensors = new ArrayList<>();
    for (Piece piece : network.pieces()) {
      tensors.add(piece.variants().get(0).component().input());
      pieces.add(
          new PlanningProblem.Piece(
              piece.variants().stream()
                  .map(
                      v ->
                          new Choice(
                              v.cost(),
                              v.component().bytes(),
                              nodes.stream().map(n -> held.newBytes(v.component(), n)).toList(),
                              nodes.stream()
                                  .map(n -> available.test(n) ? compute.apply(v.component(), n) : 0)
                                  .toList()))
                  .toList()));
    }
    Piece last = network.pieces().get(network.pieces().size() - 1);
    tensors.add(last.variants().get(0).component().output());
    List<List<List<Double>>> transfers = new ArrayList<>();
    for (int b = 0; b < tensors.size(); b++) {
      boolean first = b == 0;
      boolean end = b == pieces.size();
      Shape tensor = tensors.get(b);
      transfers.add(
          nodes.stream()
              .map(
                  from ->
                      nodes.stream()
                          .map(
                              to ->
                                  transfer.apply(
                                      tensor,
                                      new Ends(from, to, !end && (first || !from.equals(to)))))
                          .toList())
              .toList());
    }
    // Nothing fits on a node that is gone, so its times do not matter.
    List<Long> budgets =
        nodes.stream()
            .map(n -> available.test(n) ? held.left(scenario.memoryBudget(n), n) : 0)
            .toList();
    return new PlanningProblem(
        pieces,
        budgets,
        transfers,
        source.index(),
        costBudget(),
        scenario.accuracyThreshold() <= predictor.originalAccuracy(),
        objective);
  }

  /**
   * The two ends of a transfer, which may be one.
   *
   * @param begins whether a program begins where it ends
   */
  private record Ends(NodeId from, NodeId to, boolean begins) {}

  /** What the routes planned so far put on the nodes. */
  private record Holdings(Set<String> placed, Map<NodeId, Long> bytes) {
    static Holdings none() {
      return new Holdings(new HashSet<>(), new LinkedHashMap<>());
    }

    void add(Hop hop) {
      if (placed.add(hop.toString())) {
        bytes.merge(hop.node(), hop.component().bytes(), Long::sum);
      }
    }

    long newBytes(Component component, NodeId node) {
      return placed.contains(new Hop(component, node).toString()) ? 0 : component.bytes();
    }

    long left(long budget, NodeId node) {
      return budget == Long.MAX_VALUE ? budget : budget - bytes.getOrDefault(node, 0L);
    }
  }
}
