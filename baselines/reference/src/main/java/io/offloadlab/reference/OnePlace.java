package io.offloadlab.reference;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole network on one node: the cloud, or the edge that a task is assigned to. A reference
 * point: it runs even where the node may not hold so much, which the referee of a run marks.
 */
final class OnePlace implements OffloadStrategy {
  private final Backbone backbone;
  private final boolean cloud;
  private final Map<NodeId, Route> routes = new HashMap<>();

  OnePlace(Backbone backbone, boolean cloud) {
    this.backbone = backbone;
    this.cloud = cloud;
  }

  @Override
  public List<Component> components() {
    return backbone.chain();
  }

  @Override
  public Route route(Task task, SystemView view) {
    return routes.computeIfAbsent(
        cloud ? NodeId.CLOUD : task.device(), node -> Route.onOneNode(backbone.chain(), node));
  }

  @Override
  public double expectedAccuracy(Route route) {
    return backbone.accuracyOf(route);
  }
}
