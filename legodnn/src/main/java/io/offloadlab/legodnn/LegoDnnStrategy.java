package io.offloadlab.legodnn;

import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.accuracy.AccuracyPredictor;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps the routes it planned until the system has moved enough for others to be better. */
final class LegoDnnStrategy implements OffloadStrategy {
  private final LegoNetwork network;
  private final AccuracyPredictor predictor;
  private final RoutePlanner planner;
  private final Staleness staleness;
  private SystemView planned;
  private Map<NodeId, Route> routes = Map.of();

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
    Route route = routes.get(task.source());
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
}
