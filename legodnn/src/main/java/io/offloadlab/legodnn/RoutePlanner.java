package io.offloadlab.legodnn;

import io.offloadlab.failure.Infeasible;
import io.offloadlab.legodnn.SourcePlans.Placed;
import io.offloadlab.legodnn.plan.JointOutcome;
import io.offloadlab.legodnn.plan.Objective;
import io.offloadlab.legodnn.plan.PlanningProblem;
import io.offloadlab.legodnn.plan.VariantPlanner;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns views into routes, one per node at which tasks arise. */
final class RoutePlanner {
  private final LegoNetwork network;
  private final Scenario scenario;
  private final AccuracyBudget accuracy;
  private final Problems problems;

  RoutePlanner(
      LegoNetwork network, Scenario scenario, AccuracyBudget accuracy, Objective objective) {
    this.network = network;
    this.scenario = scenario;
    this.accuracy = accuracy;
    this.problems = new Problems(network, accuracy.cost(), accuracy.originalMeets(), objective);
  }

  /**
   * Routes that together stay within the budgets.
   *
   * @param routes per source
   * @param gap by what share their objectives may be worse than the best; 0 where they are a proven
   *     optimum, empty where nothing is known
   */
  record Routes(Map<NodeId, Route> routes, OptionalDouble gap) {}

  /**
   * Fails if the scenario asks for what no system could give, so that nothing need be measured
   * first.
   *
   * @throws Infeasible with the best accuracy that can be reached
   */
  void checkFeasible() {
    Sites sites = Sites.timeless(network, scenario);
    List<Site> nodes = new ArrayList<>(List.of(sites.cloud()));
    nodes.addAll(sites.roomiest());
    PlanningProblem problem =
        problems.problem(
            nodes.stream().map(Site::times).toList(), nodes.stream().map(Site::budget).toList(), 0);
    VariantPlanner.whyNot(problem)
        .ifPresent(
            why -> {
              throw accuracy.infeasible(why);
            });
  }

  /**
   * A route per source.
   *
   * @throws Infeasible with what would do if there is none
   */
  Routes plan(SystemView view) {
    SourcePlans.Result result = result(view);
    // Equal plans are one route: there are as many as edges.
    Map<Placed, Route> made = new LinkedHashMap<>();
    Map<NodeId, Route> routes = new LinkedHashMap<>();
    result
        .plans()
        .forEach((source, plan) -> routes.put(source, made.computeIfAbsent(plan, this::route)));
    return new Routes(routes, ((JointOutcome.Planned) result.outcome()).gap());
  }

  /**
   * A source's route and those that come next to it, the others' as they are.
   *
   * @param count how many come next, at most
   * @throws Infeasible with what would do if there is none
   */
  Ranking ranking(SystemView view, NodeId source, int count) {
    SourcePlans.Result result = result(view);
    Placed chosen = result.plans().get(source);
    Optional<List<Placed>> best = result.best(source, count + 1);
    return new Ranking(
        route(chosen),
        best.map(
            all ->
                all.stream().filter(p -> !p.equals(chosen)).limit(count).map(this::route).toList()),
        ((JointOutcome.Planned) result.outcome()).gap());
  }

  /**
   * Routes in order.
   *
   * @param chosen the plan
   * @param next those after it, the best first; empty where that would take too long to say
   * @param gap of the plan, as in {@link Routes}
   */
  record Ranking(Route chosen, Optional<List<Route>> next, OptionalDouble gap) {}

  private SourcePlans.Result result(SystemView view) {
    SourcePlans plans = new SourcePlans(problems, Sites.of(network, scenario, view));
    SourcePlans.Result result = scenario.tasksAtCloud() ? plans.atCloud() : plans.atEdges();
    if (result.outcome() instanceof JointOutcome.Infeasible none) {
      throw accuracy.infeasible(none.why());
    }
    return result;
  }

  private Route route(Placed placed) {
    List<Hop> hops = new ArrayList<>();
    for (int b = 0; b < network.pieces().size(); b++) {
      int variant = placed.plan().choices().get(b);
      NodeId node = placed.nodes().get(placed.plan().nodes().get(b));
      hops.add(new Hop(network.pieces().get(b).variants().get(variant).component(), node));
    }
    return new Route(hops);
  }
}
