package io.offloadlab.reference;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;

/**
 * What placement alone can reach: for each task the least latency that {@link
 * io.offloadlab.strategy.LatencyModel} predicts, on the view the task is decided with, of the
 * uncompressed network with every component on any node (the task's device plays no part), each
 * node within its memory budget for this route.
 *
 * <p>It is no bound on strategies that change the network (compression, early exits), does not
 * foresee queues, and is as good as the view's measurements.
 */
final class Oracle implements OffloadStrategy {
  private final Backbone backbone;
  private SystemView decided;
  private Task decidedFor;
  private Route route;

  Oracle(Backbone backbone) {
    this.backbone = backbone;
  }

  @Override
  public List<Component> components() {
    return backbone.chain();
  }

  @Override
  public Route route(Task task, SystemView view) {
    if (!view.equals(decided)
        || !task.source().equals(decidedFor.source())
        || task.batch() != decidedFor.batch()) {
      route =
          new PlacementOracle(
                  backbone.chain(), backbone.scenario(), view, task.source(), task.batch())
              .best()
              .orElseThrow(() -> backbone.fitsNowhere("oracle"));
      decided = view;
      decidedFor = task;
    }
    return route;
  }

  @Override
  public double expectedAccuracy(Route of) {
    return backbone.accuracyOf(of);
  }
}
