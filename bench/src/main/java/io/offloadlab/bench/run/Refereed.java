package io.offloadlab.bench.run;

import io.offloadlab.bench.referee.RouteRules;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Signalling;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import java.util.List;

/** A strategy whose every answer is held against the rules before anything runs. */
sealed class Refereed implements OffloadStrategy {
  private final OffloadStrategy strategy;
  final RouteRules rules;

  private Refereed(OffloadStrategy strategy, RouteRules rules) {
    this.strategy = strategy;
    this.rules = rules;
  }

  static OffloadStrategy of(OffloadStrategy strategy, RouteRules rules) {
    return strategy instanceof AdaptiveStrategy adaptive
        ? new Adaptive(adaptive, rules)
        : new Refereed(strategy, rules);
  }

  @Override
  public List<Component> components() {
    return strategy.components();
  }

  @Override
  public Route route(Task task, SystemView view) {
    return rules.check(task, strategy.route(task, view));
  }

  @Override
  public double expectedAccuracy(Route route) {
    return strategy.expectedAccuracy(route);
  }

  @Override
  public List<String> remarks() {
    return strategy.remarks();
  }

  @Override
  public void close() {
    strategy.close();
  }

  /** The same for one that decides on the way. */
  private static final class Adaptive extends Refereed implements AdaptiveStrategy {
    private final AdaptiveStrategy strategy;

    Adaptive(AdaptiveStrategy strategy, RouteRules rules) {
      super(strategy, rules);
      this.strategy = strategy;
    }

    @Override
    public Step next(TaskProgress progress, SystemView view) {
      Step step = strategy.next(progress, view);
      rules.checkHops(progress.task(), step.hops());
      return step;
    }

    @Override
    public List<Route> routes(Task task) {
      List<Route> routes = strategy.routes(task);
      routes.forEach(r -> rules.check(task, r));
      return routes;
    }

    @Override
    public Signalling signalling() {
      return strategy.signalling();
    }

    @Override
    public void finished(TaskRecord record, double nowSeconds) {
      strategy.finished(record, nowSeconds);
    }
  }
}
