package io.offloadlab.view;

import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Views of systems that are not there, from what was measured of one that is. */
public final class ScenarioView {
  private ScenarioView() {}

  /**
   * The view of a scenario's system if all of its nodes were machines of one kind: compute times
   * are stretched by the nodes' speed factors, links are as the scenario says.
   *
   * @param machine measured at its own speed
   * @param batch images per task that it was measured with
   */
  public static SystemView of(Scenario scenario, NodeView machine, int batch) {
    List<NodeView> nodes = new ArrayList<>();
    Map<Double, NodeView> slowed = new HashMap<>();
    for (int i = 0; i < scenario.nodes().size(); i++) {
      double factor = scenario.nodes().get(i).speedFactor();
      nodes.add(
          slowed
              .computeIfAbsent(factor, f -> machine.slower(1 / f))
              .named(i == 0 ? "cloud" : "edge-" + i));
    }
    List<LinkView> links = new ArrayList<>();
    for (LinkSpec link : scenario.links()) {
      links.add(
          new LinkView(link.upBytesPerSecond(), link.downBytesPerSecond(), link.rttSeconds()));
    }
    return new SystemView(batch, nodes, links);
  }

  /**
   * A measured view with another number of edges, which are those that were measured over and over.
   */
  public static SystemView repeated(SystemView measured, int edges) {
    int known = measured.links().size();
    List<NodeView> nodes = new ArrayList<>();
    nodes.add(measured.nodes().get(0));
    IntStream.range(0, edges).forEach(i -> nodes.add(measured.nodes().get(1 + i % known)));
    List<LinkView> links =
        IntStream.range(0, edges).mapToObj(i -> measured.links().get(i % known)).toList();
    return new SystemView(measured.batch(), nodes, links);
  }
}
