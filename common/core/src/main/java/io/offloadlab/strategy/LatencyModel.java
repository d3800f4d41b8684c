package io.offloadlab.strategy;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;

/**
 * Predicts the latency of a route on an idle system from a {@link SystemView}: the sum of compute
 * times, and of transfers wherever consecutive components change node, the source at both ends
 * included. An edge-to-edge transfer goes through the cloud: up, then down.
 */
public final class LatencyModel {
  private final SystemView view;

  /**
   * @param view what was measured
   */
  public LatencyModel(SystemView view) {
    this.view = view;
  }

  /**
   * Seconds a node computes on a component for a batch: as measured, in proportion to the batch;
   * from floating-point operations and the node's speed where it was not measured. On a node that
   * is not available it takes for ever.
   */
  public double computeSeconds(NodeId node, Component component, int batch) {
    SystemView.NodeView n = view.node(node);
    if (!n.available()) {
      return Double.POSITIVE_INFINITY;
    }
    Double measured = n.componentSeconds().get(component.name());
    return measured != null
        ? measured * batch / view.batch()
        : (double) component.flops() * batch / n.flopsPerSecond();
  }

  /**
   * Seconds a hop computes for a batch: a hop that is given fewer cores than its node has takes in
   * proportion longer (Xu et al., 2024: f_i cores of F_0 each).
   */
  public double computeSeconds(Hop hop, int batch) {
    double seconds = computeSeconds(hop.node(), hop.component(), batch);
    int cores = view.node(hop.node()).cores();
    return hop.cores() == Hop.ALL_CORES || hop.cores() >= cores
        ? seconds
        : seconds * cores / hop.cores();
  }

  /**
   * Seconds a tensor takes from one node to another; 0 when they are the same.
   *
   * @param bytes of the whole batch
   */
  public double transferSeconds(NodeId from, NodeId to, long bytes) {
    if (from.equals(to)) {
      return 0;
    }
    double seconds = 0;
    if (!from.isCloud()) {
      SystemView.LinkView up = view.link(from);
      seconds += bytes / up.upBytesPerSecond() + up.rttSeconds() / 2;
    }
    if (!to.isCloud()) {
      SystemView.LinkView down = view.link(to);
      seconds += bytes / down.downBytesPerSecond() + down.rttSeconds() / 2;
    }
    return seconds;
  }

  /**
   * Seconds a shape's tensor takes for a batch; see {@link #transferSeconds(NodeId, NodeId, long)}.
   */
  public double transferSeconds(NodeId from, NodeId to, Shape shape, int batch) {
    return transferSeconds(from, to, shape.bytes() * batch);
  }

  /**
   * Seconds from a task's arrival at its source to its prediction there.
   *
   * @param route what is run where
   * @param source where the images are and the prediction goes
   * @param batch images
   */
  public double routeSeconds(Route route, NodeId source, int batch) {
    double seconds = 0;
    NodeId at = source;
    Shape tensor = route.input();
    for (Hop hop : route.hops()) {
      seconds += transferSeconds(at, hop.node(), tensor, batch);
      seconds += computeSeconds(hop, batch);
      at = hop.node();
      tensor = hop.sideBranch() ? tensor : hop.component().output();
    }
    return seconds + transferSeconds(at, source, Route.after(route.hops(), true), batch);
  }
}
