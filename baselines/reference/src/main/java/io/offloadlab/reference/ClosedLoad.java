package io.offloadlab.reference;

import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.List;

/**
 * Latency where a number of tasks is always under way, if all devices' tasks take routes like this
 * one: no less than the route takes alone, and no less than that number times what a task asks of
 * the place that is asked for most (asymptotic bounds of closed queueing networks: Lazowska et al.,
 * "Quantitative System Performance", 1984, chapter 5). A device and its link serve one task in as
 * many as there are devices, the cloud serves all.
 *
 * @param inFlight tasks under way at once
 * @param edges number of devices
 * @param view what was measured
 */
record ClosedLoad(int inFlight, int edges, SystemView view) {
  static ClosedLoad of(Scenario scenario, SystemView view) {
    int inFlight = scenario.arrivals() instanceof Arrivals.Sequential s ? s.inFlight() : 1;
    return new ClosedLoad(inFlight, scenario.edges(), view);
  }

  /** Seconds from a task's arrival to its prediction. */
  double seconds(Route route, NodeId source, int batch) {
    double alone = new LatencyModel(view).routeSeconds(route, source, batch);
    return inFlight == 1 ? alone : Math.max(alone, inFlight * mostAsked(route, source, batch));
  }

  /** Seconds of work per task for the place that has most of it. */
  private double mostAsked(Route route, NodeId source, int batch) {
    LatencyModel model = new LatencyModel(view);
    double cloud = 0;
    double device = 0;
    double up = 0;
    double down = 0;
    NodeId at = source;
    Shape tensor = route.input();
    List<Hop> hops = route.hops();
    for (int i = 0; i <= hops.size(); ) {
      NodeId next = i < hops.size() ? hops.get(i).node() : source;
      double bytes = tensor.bytes() * (double) batch;
      if (!at.equals(next)) {
        up += at.isCloud() ? 0 : bytes / view.link(at).upBytesPerSecond();
        down += next.isCloud() ? 0 : bytes / view.link(next).downBytesPerSecond();
      }
      int from = i;
      while (i < hops.size() && hops.get(i).node().equals(next)) {
        tensor = hops.get(i++).component().output();
      }
      if (i == from) {
        break;
      }
      double computing = model.computeSeconds(hops.subList(from, i), batch);
      cloud += next.isCloud() ? computing : 0;
      device += next.isCloud() ? 0 : computing;
      at = next;
    }
    return Math.max(cloud, Math.max(device, Math.max(up, down)) / edges);
  }
}
