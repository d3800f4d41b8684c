package io.offloadlab.sim;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Small systems whose times are easy to reckon with. */
public final class Worlds {
  /** Takes 1 s on an edge and 0.5 s on the cloud; 48 bytes in, 16 bytes out. */
  public static final Component FIRST = component("first", 3, 1);

  /** Takes 2 s on an edge and 0.25 s on the cloud; 16 bytes in, 16 bytes out. */
  public static final Component SECOND = component("second", 1, 1);

  public static final List<Component> CHAIN = List.of(FIRST, SECOND);
  public static final NodeId EDGE = NodeId.edge(1);

  private Worlds() {}

  private static Component component(String name, int in, int out) {
    GraphBuilder g = new GraphBuilder(Shape.of(in, 2, 2)).conv("conv", in, out, 1, 1);
    return new Component(name, g.build(name, List.of()), WeightRef.of("none"));
  }

  /** 16 bytes/s up, 8 bytes/s down, 0.2 s there and back. */
  public static SystemView view(int edges) {
    NodeView cloud = new NodeView("cloud", 1, 4, 1 << 30, Map.of("first", 0.5, "second", 0.25));
    NodeView edge = new NodeView("edge", 1, 1, 1 << 30, Map.of("first", 1.0, "second", 2.0));
    List<NodeView> nodes = new java.util.ArrayList<>(Collections.nCopies(edges, edge));
    nodes.add(0, cloud);
    return new SystemView(1, nodes, Collections.nCopies(edges, new LinkView(16, 8, 0.2)));
  }

  public static Scenario scenario(int edges, Arrivals arrivals, long seed) {
    NodeSpec node = new NodeSpec(1, Long.MAX_VALUE);
    return new Scenario(
        "test",
        false,
        Collections.nCopies(edges + 1, node),
        Collections.nCopies(edges, LinkSpec.UNSHAPED),
        arrivals,
        1,
        0,
        seed);
  }

  public static Task task(int id, double arrival) {
    return new Task(id, EDGE, EDGE, arrival, List.of(0));
  }

  public static OffloadStrategy always(Route route) {
    return strategy((task, view) -> route);
  }

  public static OffloadStrategy strategy(BiFunction<Task, SystemView, Route> rule) {
    return new OffloadStrategy() {
      @Override
      public List<Component> components() {
        return CHAIN;
      }

      @Override
      public Route route(Task task, SystemView view) {
        return rule.apply(task, view);
      }

      @Override
      public double expectedAccuracy(Route route) {
        return 0.9;
      }
    };
  }
}
