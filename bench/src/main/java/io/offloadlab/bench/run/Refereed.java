package io.offloadlab.bench.run;

import io.offloadlab.bench.referee.RouteRules;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.Task;

/**
 * Holds every answer of a strategy against the rules before anything runs.
 *
 * @param rules that it has to keep
 */
record Refereed(RouteRules rules) implements Interposed.Between {
  @Override
  public Route given(Task task, Route route) {
    return rules.check(task, route);
  }

  @Override
  public Step given(Task task, Step step) {
    rules.checkHops(task, step.hops());
    return step;
  }
}
