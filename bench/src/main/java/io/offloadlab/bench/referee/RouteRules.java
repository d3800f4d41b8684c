package io.offloadlab.bench.referee;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What every route must be, whichever strategy gave it: else the runtime could not run it. */
public final class RouteRules {
  /** Of a strategy that makes its components anew for every task. */
  private static final int MOST_SEEN = 10_000;

  private final String strategy;
  private final int edges;
  private final Shape input;
  private final Shape output;
  private final Map<String, Component> components = new HashMap<>();

  /** Those that routes are made of: looked up faster than a whole route is compared. */
  private final Set<Component> seen = Collections.newSetFromMap(new IdentityHashMap<>());

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
    if (!route.input().equals(input)) {
      throw against(task, "gave a route that takes %s, but images are %s", route.input(), input);
    }
    Shape end = Route.after(route.hops(), true);
    if (!end.equals(output)) {
      throw against(task, "gave a route that ends with %s, but predictions are %s", end, output);
    }
    checkHops(task, route.hops());
    return route;
  }

  /**
   * The next hops of a task, if they can be run.
   *
   * @throws RunFailure that names strategy, task and what is wrong
   */
  public void checkHops(Task task, List<Hop> hops) {
    for (Hop hop : hops) {
      Component component = hop.component();
      if (hop.node().index() > edges) {
        throw against(
            task,
            "sends '%s' to %s, but there are %d edge(s)",
            component.name(),
            hop.node(),
            edges);
      }
      if (!seen.contains(component)) {
        checkNamed(task, component);
      }
    }
  }

  private void checkNamed(Task task, Component component) {
    if (!component.equals(components.get(component.name()))) {
      throw against(
          task, "runs '%s', which it did not name among its components", component.name());
    }
    if (seen.size() < MOST_SEEN) {
      seen.add(component);
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
