package io.offloadlab.legodnn;

import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What LegoDNN chooses for a system and what comes next to it, without running anything.
 *
 * @param chosen the plan
 * @param next those after it by the objective, the best first; empty where that would take too long
 *     to say
 * @param gap by what share the plans of all sources together may be worse than the best; 0 for a
 *     proven optimum, empty where nothing is known
 */
public record Selection(Choice chosen, Optional<List<Choice>> next, OptionalDouble gap) {
  /**
   * One plan.
   *
   * @param route what runs where
   * @param seconds predicted from a task's arrival to its prediction, on an idle system
   * @param accuracy predicted, in 0..1
   */
  public record Choice(Route route, double seconds, double accuracy) {}

  /**
   * Selects.
   *
   * @param view what was measured
   * @param source where tasks arise: the cloud, or an edge whose tasks are meant
   * @param count how many plans come next, at most
   * @throws io.offloadlab.failure.UsageError if an option is not understood
   * @throws io.offloadlab.failure.Infeasible with what would do if there is no plan
   */
  public static Selection of(StrategyContext context, SystemView view, NodeId source, int count) {
    LegoDnnProvider.Made made = LegoDnnProvider.Made.of(context);
    made.planner().checkFeasible();
    RoutePlanner.Ranking ranking = made.planner().ranking(view, source, count);
    LatencyModel latencies = new LatencyModel(view);
    List<Choice> choices = new ArrayList<>();
    List<Route> routes = new ArrayList<>(List.of(ranking.chosen()));
    ranking.next().ifPresent(routes::addAll);
    for (Route route : routes) {
      choices.add(
          new Choice(
              route,
              latencies.routeSeconds(route, source, context.scenario().batch()),
              made.predictor().accuracy(made.network().cost(route.components()))));
    }
    return new Selection(
        choices.get(0),
        ranking.next().map(any -> List.copyOf(choices.subList(1, choices.size()))),
        ranking.gap());
  }
}
