package io.offloadlab.strategy;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import java.util.List;

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
   * Seconds a node computes on a component by itself for a batch: as measured, in proportion to the
   * batch; from floating-point operations and the node's speed where it was not measured. On a node
   * that is not available it takes for ever.
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
   * What a component adds to a program of a node that it is part of. With {@link #startSeconds},
   * which the first one pays, this splits a program's time into a sum: {@code start + joined(c1) +
   * joined(c2) + ...} is the sum of what its components take by themselves less what each joint
   * saves.
   */
  public double joinedSeconds(NodeId node, Component component, int batch) {
    return Math.max(
        0, computeSeconds(node, component, batch) - startSeconds(node, component.input(), batch));
  }

  /**
   * Seconds that each program of a node takes beside what its components add; see {@link
   * #joinedSeconds}.
   *
   * @param entering shape of one sample as it enters the program
   */
  public double startSeconds(NodeId node, Shape entering, int batch) {
    return view.node(node).inference().saved(entering) * batch / view.batch();
  }

  /**
   * Seconds that hops in a row on one node compute for a batch. Neighbours on the same cores are
   * one program; an exit beside the chain is a program by itself. A hop that is given fewer cores
   * than its node has takes longer as was measured; in proportion where it was not (Xu et al.,
   * 2024: f_i cores of F_0 each).
   */
  public double computeSeconds(List<Hop> hops, int batch) {
    double seconds = 0;
    Hop before = null;
    for (Hop hop : hops) {
      boolean joined =
          before != null
              && before.cores() == hop.cores()
              && !before.sideBranch()
              && !hop.sideBranch();
      double start = startSeconds(hop.node(), hop.component().input(), batch);
      double alone = computeSeconds(hop.node(), hop.component(), batch);
      seconds += slowdown(hop) * (joined ? Math.max(0, alone - start) : Math.max(start, alone));
      before = hop;
    }
    return seconds;
  }

  private double slowdown(Hop hop) {
    if (hop.cores() == Hop.ALL_CORES) {
      return 1;
    }
    SystemView.NodeView node = view.node(hop.node());
    return node.inference().slowdown(hop.cores(), node.cores());
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
    List<Hop> hops = route.hops();
    for (int i = 0; i < hops.size(); ) {
      NodeId node = hops.get(i).node();
      int from = i;
      seconds += transferSeconds(at, node, tensor, batch);
      while (i < hops.size() && hops.get(i).node().equals(node)) {
        tensor = hops.get(i).sideBranch() ? tensor : hops.get(i).component().output();
        i++;
      }
      seconds += computeSeconds(hops.subList(from, i), batch);
      at = node;
    }
    return seconds + transferSeconds(at, source, Route.after(hops, true), batch);
  }
}
