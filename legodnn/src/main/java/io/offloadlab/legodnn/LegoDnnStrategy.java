package io.offloadlab.legodnn;

import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.accuracy.AccuracyPredictor;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;
import java.util.Locale;

/** Keeps the routes it planned until the system has moved enough for others to be better. */
final class LegoDnnStrategy implements OffloadStrategy {
  private final LegoNetwork network;
  private final AccuracyPredictor predictor;
  private final RoutePlanner planner;
  private final Staleness staleness;
  private SystemView planned;
  private RoutePlanner.Routes routes;

  LegoDnnStrategy(
      LegoNetwork network, AccuracyPredictor predictor, RoutePlanner planner, Staleness staleness) {
    this.network = network;
    this.predictor = predictor;
    this.planner = planner;
    this.staleness = staleness;
  }

  @Override
  public List<Component> components() {
    return network.components();
  }

  @Override
  public Route route(Task task, SystemView view) {
    if (planned == null || staleness.isStale(planned, view)) {
      routes = planner.plan(view);
      planned = view;
    }
    Route route = routes.routes().get(task.source());
    if (route == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "task %d arises at %s, which is no source of this scenario",
              task.id(),
              task.source()));
    }
    return route;
  }

  @Override
  public double expectedAccuracy(Route route) {
    return predictor.accuracy(network.cost(route.components()));
  }

  @Override
  public List<String> remarks() {
    return routes == null || routes.routes().size() < 2 ? List.of() : List.of(joint(routes));
  }

  private static String joint(RoutePlanner.Routes routes) {
    String who = String.format(Locale.ROOT, "the plans of the %,d sources", routes.routes().size());
    if (routes.gap().isEmpty()) {
      return who + " are made in turn: how far they are from the best together is not known";
    }
    double gap = routes.gap().getAsDouble();
    return gap == 0
        ? who + " are together a proven optimum"
        : String.format(
            Locale.ROOT,
            "%s are together at most %.2f%% above the least that any could come to",
            who,
            Math.max(0.01, 100 * gap / (1 - gap)));
  }
}
