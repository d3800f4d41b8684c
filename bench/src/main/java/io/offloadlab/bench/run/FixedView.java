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

/** A strategy that decides from one view, whatever the times are where it runs. */
sealed class FixedView implements OffloadStrategy {
  private final OffloadStrategy strategy;
  final SystemView view;

  private FixedView(OffloadStrategy strategy, SystemView view) {
    this.strategy = strategy;
    this.view = view;
  }

  static OffloadStrategy of(OffloadStrategy strategy, SystemView view) {
    return strategy instanceof AdaptiveStrategy adaptive
        ? new Adaptive(adaptive, view)
        : new FixedView(strategy, view);
  }

  @Override
  public List<Component> components() {
    return strategy.components();
  }

  @Override
  public Route route(Task task, SystemView ignored) {
    return strategy.route(task, view);
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
  private static final class Adaptive extends FixedView implements AdaptiveStrategy {
    private final AdaptiveStrategy strategy;

    Adaptive(AdaptiveStrategy strategy, SystemView view) {
      super(strategy, view);
      this.strategy = strategy;
    }

    @Override
    public Step next(TaskProgress progress, SystemView ignored) {
      return strategy.next(progress, view);
    }

    @Override
    public List<Route> routes(Task task) {
      return strategy.routes(task);
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
