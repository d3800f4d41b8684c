package io.offloadlab.bench.referee;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What every route must be, whichever strategy gave it: else the runtime could not run it. */
public final class RouteRules {
  private final String strategy;
  private final int edges;
  private final Shape input;
  private final Shape output;
  private final Map<String, Component> components = new HashMap<>();
  private final Set<Route> checked = new HashSet<>();

  /**
   * @param strategy name, for messages
   * @param scenario whose nodes there are
   * @param network whose images go in and whose classes come out
   * @param components that the strategy has named before the stream
   */
  public RouteRules(
      String strategy, Scenario scenario, ModelGraph network, List<Component> components) {
    this.strategy = strategy;
    this.edges = scenario.edges();
    this.input = network.input();
    this.output = network.shape(network.output());
    components.forEach(c -> this.components.put(c.name(), c));
  }

  /**
   * A route, if it can be run.
   *
   * @throws RunFailure that names strategy, task and what is wrong
   */
  public Route check(Task task, Route route) {
    if (route == null) {
      throw against(task, "gave no route");
    }
    if (checked.contains(route)) {
      return route;
    }
    if (!route.input().equals(input)) {
      throw against(task, "gave a route that takes %s, but images are %s", route.input(), input);
    }
    Shape end = Route.after(route.hops(), true);
    if (!end.equals(output)) {
      throw against(task, "gave a route that ends with %s, but predictions are %s", end, output);
    }
    checkHops(task, route.hops());
    checked.add(route);
    return route;
  }

  /**
   * The next hops of a task, if they can be run.
   *
   * @throws RunFailure that names strategy, task and what is wrong
   */
  public void checkHops(Task task, List<Hop> hops) {
    for (Hop hop : hops) {
      String name = hop.component().name();
      if (hop.node().index() > edges) {
        throw against(task, "sends '%s' to %s, but there are %d edge(s)", name, hop.node(), edges);
      }
      Component known = components.get(name);
      if (!hop.component().equals(known)) {
        throw against(task, "runs '%s', which it did not name among its components", name);
      }
    }
  }

  private RunFailure against(Task task, String what, Object... values) {
    return new RunFailure(
        String.format(
            Locale.ROOT,
            "strategy '%s' %s (task %d): this is a fault of the strategy",
            strategy,
            String.format(Locale.ROOT, what, values),
            task.id()));
  }
}
