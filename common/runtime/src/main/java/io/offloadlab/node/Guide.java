package io.offloadlab.node;

import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Signalling;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.wire.Segment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Executes tasks as a strategy decides while they run. The strategy is asked at the cloud, by one
 * thread; what it decides goes to the node that holds the task:
 *
 * <pre>
 * {@link Signalling#REPORTED}                          {@link Signalling#PREDICTED}
 *
 * edge                           cloud      edge                           cloud
 *   | <-------- Run (open) -------- |         | <-------- Run (open) -------- |
 *   | ---------- Reached ---------> | next()  |                               | next()
 *   | <----------- Next ----------- |         | <----------- Next ----------- |
 *   | computes                      |         | computes                      | next(), half a round
 *   | ---------- Reached ---------> | next()  | <----------- Next ----------- | trip ahead of time
 *   | <-------- Next (last) ------- |         | computes                      |
 *   | ------------ Ran -----------> |         | ------------ Ran -----------> |
 * </pre>
 *
 * <p>A prediction that is late makes the device wait for the decision, which the task's record
 * shows as queueing; one that is early decides with what was known then. Whenever a tensor comes
 * back, the twin is set right by when it left. Safe for use by many threads.
 */
public final class Guide implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MS = 1e6;

  /** By how much decisions are sent ahead, beyond the link's delay: scheduling and sending. */
  private static final double MARGIN_SECONDS = 5e-4;

  /** The same in proportion to what is computed meanwhile: compute times vary. */
  private static final double MARGIN = 0.1;

  private final CloudNode cloud;
  private final AdaptiveStrategy strategy;
  private final long epoch = System.nanoTime();
  private final ScheduledThreadPoolExecutor thread;
  private final Whereabouts whereabouts = new Whereabouts();
  private SystemView view;
  private double clock;

  /** Makes a record of a task that is done. */
  @FunctionalInterface
  public interface Recording {
    /**
     * The record of a task.
     *
     * @param route as it was decided
     * @param execution what came of it
     * @param decisionMs from its arrival until it set out
     */
    TaskRecord of(Route route, Execution execution, double decisionMs);
  }

  Guide(CloudNode cloud, AdaptiveStrategy strategy) {
    this.cloud = cloud;
    this.strategy = strategy;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread t = new Thread(work, "guide");
              t.setDaemon(true);
              return t;
            },
            // After closing nothing matters any more: the cloud fails what is under way.
            new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  /**
   * Executes a task. What it may need must be deployed: see {@link AdaptiveStrategy#routes}.
   *
   * @param images as {@link CloudNode#execute} takes them
   * @param arrivalNanos when it arrived, on the clock of {@link System#nanoTime}
   * @param recording makes the record that the strategy is told of, on this guide's thread
   * @return the record; fails with {@link io.offloadlab.failure.RunFailure} if a node fails, is
   *     gone, or lacks a component
   */
  public CompletableFuture<TaskRecord> execute(
      Task task, ByteBuffer images, long arrivalNanos, Recording recording) {
    GuidedTask t = new GuidedTask(task, seconds(arrivalNanos));
    run(t, () -> arrive(t, images, arrivalNanos, recording));
    return t.result;
  }

  private double seconds(long nanos) {
    return (nanos - epoch) / NANOS_PER_SECOND;
  }

  private double now() {
    return seconds(System.nanoTime());
  }

  private void run(GuidedTask t, Runnable action) {
    thread.execute(() -> guarded(t, action));
  }

  private void guarded(GuidedTask t, Runnable action) {
    try {
      // Once for all that is decided now: a snapshot takes longer than a decision.
      view = cloud.view();
      action.run();
    } catch (RuntimeException | Error e) {
      fail(t, e);
    }
  }

  private void arrive(GuidedTask t, ByteBuffer images, long arrivalNanos, Recording recording) {
    NodeId source = t.task.source();
    Itinerary course = Itinerary.from(source);
    Hop first;
    if (ask(t, t.arrived) instanceof Step.Compute compute) {
      first = compute.hop();
      course = course.to(first.node());
    } else {
      first = t.hops.get(0);
      course = course.then(t.hops).ended();
    }
    t.node = first.node();
    t.predicted = strategy.signalling() == Signalling.PREDICTED && !t.node.isCloud();
    LatencyModel model = model();
    Shape input = first.component().input();
    t.reaches = t.arrived + model.transferSeconds(source, t.node, input, t.task.batch());
    t.walk = cloud.walk(course, t.task, new Watch(t));
    if (t.finished && t.node.isCloud()) {
      whereabouts.sends(source, input, t.task.batch(), t.arrived, model);
    } else {
      twin(t.node).joins(t);
    }
    // What can be decided already goes along with the task.
    advance(t.node);
    t.decisionMs = (System.nanoTime() - arrivalNanos) / NANOS_PER_MS;
    cloud.begin(t.walk, t.task, input, images);
    var unused =
        t.walk
            .result()
            .whenComplete((done, failure) -> run(t, () -> ended(t, done, failure, recording)));
  }

  private Step ask(GuidedTask t, double time) {
    NodeId device = t.task.device();
    clock = Math.max(clock, time);
    TaskProgress progress =
        new TaskProgress(
            t.task,
            t.hops,
            t.holding,
            clock,
            t.arrived,
            t.started,
            twin(device).waiting(t, clock),
            whereabouts.uplinkBacklogSeconds(device, clock),
            cloud.backlogSeconds());
    Step step = strategy.next(progress, view);
    if (step instanceof Step.Finish finish) {
      t.hops.addAll(finish.hops());
      t.finished = true;
      LatencyModel model = model();
      t.cloudSeconds =
          finish.hops().stream()
              .filter(h -> h.node().isCloud())
              .mapToDouble(h -> model.computeSeconds(h, t.task.batch()))
              .sum();
      if (t.hops.isEmpty()) {
        throw new IllegalStateException(
            "a strategy finished task %d before any component ran".formatted(t.task.id()));
      }
    }
    return step;
  }

  /** The task holds its node's processor and has run what was decided. */
  private void decide(GuidedTask t, double time) {
    if (t.result.isDone() || t.finished) {
      return;
    }
    t.pending = null;
    if (!t.holding) {
      t.holding = true;
      t.started = Double.isNaN(t.started) ? time : t.started;
    }
    int before = t.hops.size();
    if (!(ask(t, time) instanceof Step.Compute compute)) {
      List<Hop> rest = List.copyOf(t.hops.subList(before, t.hops.size()));
      t.walk.end(rest);
      leaves(t, rest, time);
    } else if (compute.hop().node().equals(t.node)) {
      t.hops.add(compute.hop());
      t.walk.goOn(List.of(compute.hop()));
      if (t.predicted) {
        double seconds = model().computeSeconds(compute.hop(), t.task.batch());
        schedule(t, time + seconds, MARGIN * seconds);
      }
    } else {
      moves(t, compute.hop().node(), time);
    }
  }

  private void moves(GuidedTask t, NodeId to, double time) {
    leaves(t, List.of(), time);
    t.node = to;
    t.holding = false;
    // Where it comes to from another device than its own nobody can tell ahead.
    t.predicted = false;
    t.reaches = time;
    twin(to).joins(t);
    t.walk.goTo(to);
  }

  private void leaves(GuidedTask t, List<Hop> rest, double time) {
    whereabouts.leaves(t, rest, time, model());
    advance(t.node);
  }

  /** Whoever is next in line at a node has its turn. */
  private void advance(NodeId node) {
    GuidedTask next = twin(node).grant();
    if (next == null) {
      return;
    }
    if (next.finished) {
      leaves(next, next.hops, next.turn);
    } else if (next.predicted) {
      schedule(next, next.turn, 0);
    }
  }

  private void schedule(GuidedTask t, double time, double margin) {
    t.asksAt = time;
    double lead = view.link(t.node).rttSeconds() / 2 + MARGIN_SECONDS + margin;
    long delay = Math.round((time - lead - now()) * NANOS_PER_SECOND);
    if (delay <= 0) {
      decide(t, time);
    } else {
      t.pending =
          thread.schedule(() -> guarded(t, () -> decide(t, time)), delay, TimeUnit.NANOSECONDS);
    }
  }

  private void left(GuidedTask t, NodeId node, double time) {
    StatusTwin twin = twin(node);
    double later = twin.left(t, time);
    GuidedTask holder = twin.holder();
    if (later != 0 && holder.pending != null && holder.pending.cancel(false)) {
      schedule(holder, holder.asksAt + later, 0);
    }
  }

  private void ended(GuidedTask t, Execution done, Throwable failure, Recording recording) {
    if (failure != null) {
      fail(t, Failures.cause(failure));
      return;
    }
    whereabouts.forget(t);
    TaskRecord record = recording.of(new Route(t.hops), done, t.decisionMs);
    clock = Math.max(clock, now());
    strategy.finished(record, clock);
    t.result.complete(record);
  }

  private void fail(GuidedTask t, Throwable why) {
    if (t.pending != null) {
      t.pending.cancel(false);
    }
    if (t.walk != null) {
      t.walk.fail(why);
    }
    whereabouts.forget(t);
    if (t.node != null) {
      advance(t.node);
    }
    t.result.completeExceptionally(why);
  }

  private LatencyModel model() {
    return new LatencyModel(view);
  }

  private StatusTwin twin(NodeId node) {
    return whereabouts.at(node);
  }

  /** Ends deciding. Tasks that are under way end with the cloud. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** How the walk of one task goes. */
  private final class Watch implements Guidance {
    private final GuidedTask task;

    Watch(GuidedTask task) {
      this.task = task;
    }

    @Override
    public boolean wantsReports() {
      return !task.predicted;
    }

    @Override
    public void reached() {
      run(
          task,
          () -> {
            if (!task.predicted && !task.result.isDone()) {
              double now = now();
              if (!task.holding) {
                twin(task.node).holds(task, now);
              }
              decide(task, now);
            }
          });
    }

    @Override
    public void left(NodeId node, Segment segment) {
      double time = seconds(segment.endNanos() - cloud.clockOffsetNanos(node));
      run(task, () -> Guide.this.left(task, node, time));
    }

    @Override
    public double expectedSeconds() {
      return task.cloudSeconds;
    }
  }
}
