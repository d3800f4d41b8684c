package io.offloadlab.reference;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole network on one node: the cloud, or the edge that a task is assigned to. A reference
 * point: it runs even where the node may not hold so much, and says so.
 */
final class OnePlace implements OffloadStrategy {
  private final Backbone backbone;
  private final String name;
  private final boolean cloud;

  OnePlace(Backbone backbone, String name, boolean cloud) {
    this.backbone = backbone;
    this.name = name;
    this.cloud = cloud;
  }

  @Override
  public List<Component> components() {
    return backbone.chain();
  }

  @Override
  public Route route(Task task, SystemView view) {
    return Route.onOneNode(backbone.chain(), cloud ? NodeId.CLOUD : task.device());
  }

  @Override
  public double expectedAccuracy(Route route) {
    return backbone.accuracyOf(route);
  }

  @Override
  public List<String> remarks() {
    Stream<NodeId> nodes =
        cloud
            ? Stream.of(NodeId.CLOUD)
            : Stream.iterate(1, i -> i + 1).limit(backbone.scenario().edges()).map(NodeId::edge);
    return nodes
        .filter(n -> backbone.bytes() > backbone.scenario().memoryBudget(n))
        .map(this::remark)
        .toList();
  }

  private String remark(NodeId node) {
    return "%s holds %s on %s, over its budget of %s: a reference point, not a solution of this scenario"
        .formatted(
            name,
            Backbone.mib(backbone.bytes()),
            node.isCloud() ? "the cloud" : node,
            Backbone.mib(backbone.scenario().memoryBudget(node)));
  }
}
