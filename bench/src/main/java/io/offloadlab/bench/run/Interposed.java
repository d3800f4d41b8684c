package io.offloadlab.bench.run;

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

/** A strategy with somebody between it and the runtime; adaptive if the strategy is. */
sealed class Interposed implements OffloadStrategy {
  /** Who stands between: sees what a strategy is shown and what it answers. */
  interface Between {
    /** The view that the strategy is shown instead of the newest. */
    default SystemView shown(SystemView newest) {
      return newest;
    }

    /** A route that the strategy gave, now or as one that it may come to. */
    default Route given(Task task, Route route) {
      return route;
    }

    /** How long the strategy took for the route or step that it gives now. */
    default void took(long nanos) {}

    /** What is taken for the accuracy that the strategy expects of a route. */
    default double accuracy(double expected) {
      return expected;
    }

    /** A step that the strategy gave. */
    default Step given(Task task, Step step) {
      return step;
    }
  }

  private final OffloadStrategy strategy;
  final Between between;

  private Interposed(OffloadStrategy strategy, Between between) {
    this.strategy = strategy;
    this.between = between;
  }

  static OffloadStrategy of(OffloadStrategy strategy, Between between) {
    return strategy instanceof AdaptiveStrategy adaptive
        ? new Adaptive(adaptive, between)
        : new Interposed(strategy, between);
  }

  @Override
  public List<Component> components() {
    return strategy.components();
  }

  @Override
  public Route route(Task task, SystemView view) {
    SystemView shown = between.shown(view);
    long start = System.nanoTime();
    Route route = strategy.route(task, shown);
    between.took(System.nanoTime() - start);
    return between.given(task, route);
  }

  @Override
  public double expectedAccuracy(Route route) {
    return between.accuracy(strategy.expectedAccuracy(route));
  }

  @Override
  public List<String> remarks() {
    return strategy.remarks();
  }

  @Override
  public void settle() {
    strategy.settle();
  }

  @Override
  public void close() {
    strategy.close();
  }

  /** The same for one that decides on the way. */
  private static final class Adaptive extends Interposed implements AdaptiveStrategy {
    private final AdaptiveStrategy strategy;

    Adaptive(AdaptiveStrategy strategy, Between between) {
      super(strategy, between);
      this.strategy = strategy;
    }

    @Override
    public Step next(TaskProgress progress, SystemView view) {
      SystemView shown = between.shown(view);
      long start = System.nanoTime();
      Step step = strategy.next(progress, shown);
      between.took(System.nanoTime() - start);
      return between.given(progress.task(), step);
    }

    @Override
    public List<Route> routes(Task task) {
      return strategy.routes(task).stream().map(r -> between.given(task, r)).toList();
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
