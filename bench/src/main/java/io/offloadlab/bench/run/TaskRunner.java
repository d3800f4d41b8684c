package io.offloadlab.bench.run;

import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.concurrent.CompletableFuture;

/** Where tasks run: the live nodes, or a stand-in in tests. */
public interface TaskRunner {
  /** The newest view of the system. */
  SystemView view();

  /**
   * Brings a route's components to their nodes.
   *
   * @return complete when tasks can take the route; fails with a {@link
   *     io.offloadlab.failure.RunFailure} if weights are missing or a node is gone
   */
  CompletableFuture<Void> deploy(Route route);

  /** The same while tasks are under way: nothing is measured that would hold them up. */
  default CompletableFuture<Void> deployMeanwhile(Route route) {
    return deploy(route);
  }

  /** Warming up is over: what tasks experienced until now says nothing of the stream. */
  void warm();

  /**
   * Puts a task's images where it will arise, before it does: they are there when it arrives, so
   * fetching them is no part of its latency. A task that was not staged is when it runs.
   */
  void stage(Task task);

  /**
   * An entrant's stream goes on, at a time of its own: links are, and become, what they are in it.
   *
   * @param seconds since the start of the stream
   */
  default void linksGoOn(double seconds) {}

  /** The stream stands still. */
  default void linksStop() {}

  /**
   * Runs a task along a route whose components are deployed.
   *
   * @param task what to classify
   * @param route what runs where
   * @param arrivalNanos when the task arrived, on {@link System#nanoTime}'s clock
   * @return the record, or a {@link io.offloadlab.failure.RunFailure} when a node is gone
   */
  CompletableFuture<TaskRecord> run(Task task, Route route, long arrivalNanos);

  /**
   * Runs tasks as a strategy decides while they run. What {@link AdaptiveStrategy#routes} names
   * must be deployed.
   */
  Guided guided(AdaptiveStrategy strategy);

  /** Tasks under one strategy's guidance; to be closed when its stream is over. */
  interface Guided extends AutoCloseable {
    /**
     * Runs a task.
     *
     * @param arrivalNanos as {@link TaskRunner#run} takes it
     * @return the record, or a {@link io.offloadlab.failure.RunFailure} when a node is gone
     */
    CompletableFuture<TaskRecord> run(Task task, long arrivalNanos);

    /** The stream stood still for so long while no task was under way: its clock did, too. */
    default void pausedFor(long nanos) {}

    @Override
    void close();
  }
}
