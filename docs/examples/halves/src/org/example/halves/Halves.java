package org.example.halves;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;

/** The first components of the network on the task's edge, the others on the cloud. */
final class Halves implements OffloadStrategy {
  private final List<Component> chain;
  private final int onEdge;
  private final double accuracy;

  Halves(StrategyContext context) {
    this.chain = context.backbone();
    this.onEdge = (int) Math.round(HalvesProvider.share(context) * chain.size());
    this.accuracy = context.profile().originalAccuracy();
  }

  @Override
  public List<Component> components() {
    return chain;
  }

  @Override
  public Route route(Task task, SystemView view) {
    return Route.split(chain, onEdge, task.device(), NodeId.CLOUD);
  }

  @Override
  public double expectedAccuracy(Route route) {
    return accuracy;
  }
}
