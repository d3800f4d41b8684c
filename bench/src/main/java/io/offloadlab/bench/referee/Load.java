package io.offloadlab.bench.referee;

import io.offloadlab.sim.SimulationReport;
import io.offloadlab.sim.SimulationReport.LinkLoad;
import io.offloadlab.sim.SimulationReport.NodeLoad;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stream asked of nodes and links: seconds of computing and sending that its routes take by
 * a view, for each task.
 */
final class Load {
  private final LatencyModel model;
  private final SystemView view;
  private final double[] computing;
  private final double[] up;
  private final double[] down;
  private long tasks;

  /**
   * @param view the times of this very run
   */
  Load(SystemView view) {
    this.view = view;
    this.model = new LatencyModel(view);
    this.computing = new double[view.nodes().size()];
    this.up = new double[view.links().size()];
    this.down = new double[view.links().size()];
  }

  void add(TaskRecord record) {
    tasks++;
    Task task = record.task();
    List<Hop> hops = record.route().hops();
    NodeId at = task.source();
    long bytes = record.route().input().bytes() * task.batch();
    for (int i = 0; i < hops.size(); ) {
      NodeId node = hops.get(i).node();
      int from = i;
      while (i < hops.size() && hops.get(i).node().equals(node)) {
        i++;
      }
      send(at, node, bytes);
      computing[node.index()] += model.computeSeconds(hops.subList(from, i), task.batch());
      at = node;
      bytes = Route.after(hops.subList(0, i), i == hops.size()).bytes() * task.batch();
    }
    send(at, task.source(), bytes);
  }

  private void send(NodeId from, NodeId to, long bytes) {
    if (from.equals(to)) {
      return;
    }
    if (!from.isCloud()) {
      up[from.index() - 1] += bytes / view.link(from).upBytesPerSecond();
    }
    if (!to.isCloud()) {
      down[to.index() - 1] += bytes / view.link(to).downBytesPerSecond();
    }
  }

  /** A line per kind of place that was asked for more than it can do at this rate of arrivals. */
  List<String> overloads(double tasksPerSecond) {
    double factor = tasksPerSecond / tasks;
    List<NodeLoad> nodes = new ArrayList<>();
    view.nodeIds().forEach(n -> nodes.add(new NodeLoad(n, computing[n.index()] * factor, 0)));
    List<LinkLoad> links = new ArrayList<>();
    for (int i = 0; i < up.length; i++) {
      links.add(new LinkLoad(NodeId.edge(i + 1), up[i] * factor, down[i] * factor));
    }
    return SimulationReport.overloads(nodes, links);
  }
}
