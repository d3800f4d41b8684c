package io.offloadlab.bench.run;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** How the tasks of one entrant run: along routes planned before, or as is decided on the way. */
sealed interface Contender extends AutoCloseable {
  static Contender of(OffloadStrategy strategy, TaskRunner runner) {
    return strategy instanceof AdaptiveStrategy adaptive
        ? new Guided(adaptive, runner)
        : new Planned(strategy, runner);
  }

  /**
   * Makes ready for the stream: whatever its first tasks need is deployed.
   *
   * @param tasks one per device
   * @return seconds that deciding took
   */
  double plan(List<Task> tasks);

  /** Runs a task that does not count. */
  CompletableFuture<TaskRecord> warmUp(Task task, int number);

  /** A task arrives. */
  CompletableFuture<TaskRecord> start(Task task, long arrivalNanos);

  /** The entrant's stream stood still for so long; no task is under way. */
  default void pausedFor(long nanos) {}

  @Override
  void close();

  /** The result, or the {@link RunFailure} that it failed with. */
  static <T> T await(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RunFailure failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** A strategy that gives a whole route per task. */
  final class Planned implements Contender {
    private final OffloadStrategy strategy;
    private final TaskRunner runner;
    private final Map<Route, CompletableFuture<Void>> deployments = new HashMap<>();
    private final Map<NodeId, Route> inUse = new HashMap<>();

    Planned(OffloadStrategy strategy, TaskRunner runner) {
      this.strategy = strategy;
      this.runner = runner;
    }

    @Override
    public double plan(List<Task> tasks) {
      long start = System.nanoTime();
      SystemView view = runner.view();
      List<Route> routes = tasks.stream().map(t -> strategy.route(t, view)).toList();
      double seconds = (System.nanoTime() - start) / 1e9;
      for (int i = 0; i < routes.size(); i++) {
        Route route = routes.get(i);
        await(deployments.computeIfAbsent(route, runner::deploy));
        inUse.put(tasks.get(i).device(), route);
      }
      return seconds;
    }

    @Override
    public CompletableFuture<TaskRecord> warmUp(Task task, int number) {
      return start(task, System.nanoTime());
    }

    @Override
    public CompletableFuture<TaskRecord> start(Task task, long arrivalNanos) {
      Route wanted = strategy.route(task, runner.view());
      return runner.run(task, ready(task.device(), wanted), arrivalNanos);
    }

    /**
     * A new route is taken when its components are where it needs them. Until then tasks keep to
     * the route that their device has: a stream does not stop for a change of plan.
     */
    private Route ready(NodeId device, Route wanted) {
      CompletableFuture<Void> deployment =
          deployments.computeIfAbsent(wanted, runner::deployMeanwhile);
      if (!deployment.isDone()) {
        return inUse.get(device);
      }
      await(deployment);
      inUse.put(device, wanted);
      return wanted;
    }

    @Override
    public void close() {}
  }

  /** A strategy that is asked while a task runs. */
  final class Guided implements Contender {
    private final AdaptiveStrategy strategy;
    private final TaskRunner runner;
    private final TaskRunner.Guided guided;

    Guided(AdaptiveStrategy strategy, TaskRunner runner) {
      this.strategy = strategy;
      this.runner = runner;
      this.guided = runner.guided(strategy);
    }

    @Override
    public double plan(List<Task> tasks) {
      long start = System.nanoTime();
      SystemView view = runner.view();
      Set<Route> routes = new LinkedHashSet<>();
      for (Task task : tasks) {
        routes.add(strategy.route(task, view));
        routes.addAll(strategy.routes(task));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      routes.forEach(r -> await(runner.deploy(r)));
      return seconds;
    }

    /**
     * Along a fixed route: what is learned, and spent of an accuracy budget, begins with the
     * stream.
     */
    @Override
    public CompletableFuture<TaskRecord> warmUp(Task task, int number) {
      List<Route> routes = strategy.routes(task);
      return runner.run(task, routes.get(number % routes.size()), System.nanoTime());
    }

    @Override
    public CompletableFuture<TaskRecord> start(Task task, long arrivalNanos) {
      return guided.run(task, arrivalNanos);
    }

    @Override
    public void pausedFor(long nanos) {
      guided.pausedFor(nanos);
    }

    @Override
    public void close() {
      guided.close();
    }
  }
}
