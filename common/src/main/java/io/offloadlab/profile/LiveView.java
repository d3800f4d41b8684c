package io.offloadlab.profile;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The newest view of a running system: what was measured, moved a little by everything that tasks
 * experience (exponential smoothing), unless it was frozen. Safe for use by many threads.
 */
public final class LiveView {
  /** Weight of a new observation. */
  static final double SMOOTHING = 0.1;

  /** Smaller tensors say more of the round trip than of the bandwidth. */
  static final int LEAST_BYTES = 8 << 10;

  private SystemView base;
  private boolean frozen;
  private final List<Map<String, Double>> seconds = new ArrayList<>();
  private final List<LinkView> links = new ArrayList<>();

  /**
   * @param first the view until something is measured
   */
  public LiveView(SystemView first) {
    measured(first);
  }

  /** Starts again from a measurement. */
  public synchronized void measured(SystemView view) {
    base = view;
    frozen = false;
    seconds.clear();
    view.nodes().forEach(n -> seconds.add(new HashMap<>(n.componentSeconds())));
    links.clear();
    links.addAll(view.links());
  }

  /** Uses a view that nothing moves any more, so that decisions can be made again. */
  public synchronized void freeze(SystemView view) {
    measured(view);
    frozen = true;
  }

  /**
   * A component ran.
   *
   * @param took seconds for the batch
   * @param batch samples
   */
  public synchronized void ran(NodeId node, String component, double took, int batch) {
    if (!frozen) {
      seconds
          .get(node.index())
          .computeIfPresent(component, (c, old) -> smooth(old, took * base.batch() / batch));
    }
  }

  /**
   * A tensor went from an edge to the cloud, or back.
   *
   * @param up whether to the cloud
   * @param took seconds from the end of computing on one side to its arrival on the other
   */
  public synchronized void transferred(NodeId edge, boolean up, long bytes, double took) {
    LinkView old = links.get(edge.index() - 1);
    double sending = took - old.rttSeconds() / 2;
    if (frozen || bytes < LEAST_BYTES || sending <= 0) {
      return;
    }
    double rate = bytes / sending;
    links.set(
        edge.index() - 1,
        up
            ? new LinkView(
                smoothRate(old.upBytesPerSecond(), rate),
                old.downBytesPerSecond(),
                old.rttSeconds())
            : new LinkView(
                old.upBytesPerSecond(),
                smoothRate(old.downBytesPerSecond(), rate),
                old.rttSeconds()));
  }

  /** An empty message went to an edge and back. */
  public synchronized void pinged(NodeId edge, double rttSeconds) {
    if (!frozen) {
      LinkView old = links.get(edge.index() - 1);
      links.set(
          edge.index() - 1,
          new LinkView(
              old.upBytesPerSecond(),
              old.downBytesPerSecond(),
              smooth(old.rttSeconds(), rttSeconds)));
    }
  }

  /**
   * A snapshot.
   *
   * @param queueLength tasks that wait for a node's processor now
   */
  public synchronized SystemView snapshot(ToIntFunction<NodeId> queueLength) {
    if (frozen) {
      return base;
    }
    List<NodeView> nodes = new ArrayList<>();
    for (NodeId id : base.nodeIds()) {
      NodeView n = base.node(id);
      Map<String, Double> now = seconds.get(id.index());
      nodes.add(
          new NodeView(
              n.name(),
              n.flopsPerSecond() * speedup(n.componentSeconds(), now),
              n.cores(),
              n.memoryBytes(),
              queueLength.applyAsInt(id),
              now));
    }
    return new SystemView(base.batch(), nodes, links);
  }

  private static double speedup(Map<String, Double> before, Map<String, Double> now) {
    double sumBefore = 0;
    double sumNow = 0;
    for (String component : before.keySet()) {
      sumBefore += before.get(component);
      sumNow += now.get(component);
    }
    return before.isEmpty() ? 1 : sumBefore / sumNow;
  }

  private static double smooth(double old, double now) {
    return old + SMOOTHING * (now - old);
  }

  /** Times are averaged, not rates: one rate measured too high must not outweigh many others. */
  private static double smoothRate(double old, double now) {
    return 1 / smooth(1 / old, 1 / now);
  }
}
