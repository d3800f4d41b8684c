package io.offloadlab.node;

import io.offloadlab.course.Conditions;
import io.offloadlab.course.Course;
import io.offloadlab.course.Dialogue;
import io.offloadlab.course.Move;
import io.offloadlab.course.Whereabouts;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Signalling;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.wire.Segment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Executes tasks as a strategy decides while they run. The strategy is asked at the cloud, by one
 * thread; what it decides goes to the node that holds the task, by either {@link Signalling}:
 *
 * <pre>{@code
 * REPORTED                               PREDICTED
 *
 * edge                           cloud      edge                           cloud
 *   | <-------- Run (open) -------- |         | <-------- Run (open) -------- |
 *   | ---------- Reached ---------> | next()  |                               | next()
 *   | <----------- Next ----------- |         | <----------- Next ----------- |
 *   | computes                      |         | computes                      | next(), half a round
 *   | ---------- Reached ---------> | next()  | <----------- Next ----------- | trip ahead of time
 *   | <-------- Next (last) ------- |         | computes                      |
 *   | ------------ Ran -----------> |         | ------------ Ran -----------> |
 * }</pre>
 *
 * <p>A prediction that is late makes the device wait for the decision, which the task's record
 * shows as queueing; one that is early decides with what was known then. Whenever a tensor comes
 * back, the twin is set right by when it left. What a task does next is its {@link Course}'s to
 * say; this class says it to the nodes, when it is time. Safe for use by many threads.
 */
public final class Guide implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MS = 1e6;

  /** By how much decisions are sent ahead, beyond the link's delay: scheduling and sending. */
  private static final double MARGIN_SECONDS = 5e-4;

  /** The same in proportion to what is computed meanwhile: compute times vary. */
  private static final double MARGIN = 0.1;

  private final CloudNode cloud;
  private final Signalling signalling;
  private final Dialogue dialogue;
  private final AtomicLong epoch = new AtomicLong(System.nanoTime());
  private final ScheduledThreadPoolExecutor thread;
  private final Whereabouts whereabouts = new Whereabouts();
  private final Map<Course, GuidedTask> underWay = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private SystemView view;

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
    this.signalling = strategy.signalling();
    this.dialogue = new Dialogue(strategy, new LiveConditions());
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread t = new Thread(work, "guide");
              t.setDaemon(true);
              return t;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  /**
   * Executes a task. What it may need must be deployed: see {@link AdaptiveStrategy#routes}.
   *
   * @param images as {@link CloudNode#execute} takes them
   * @param arrivalNanos when it arrived, on the clock of {@link System#nanoTime}
   * @param recording makes the record that the strategy is told of, on this guide's thread
   * @return the record; fails with {@link RunFailure} if a node fails, is gone, or lacks a
   *     component, or when this guide is closed before the task is done
   */
  public CompletableFuture<TaskRecord> execute(
      Task task, ByteBuffer images, long arrivalNanos, Recording recording) {
    GuidedTask t = new GuidedTask(new Course(task, seconds(arrivalNanos)));
    underWay.put(t.course, t);
    run(t, () -> arrive(t, images, arrivalNanos, recording));
    return t.result;
  }

  /**
   * The stream stood still for so long while no task was under way: to the strategy no time passed.
   *
   * @param nanos 0 or more
   */
  public void pausedFor(long nanos) {
    epoch.addAndGet(nanos);
  }

  private double seconds(long nanos) {
    return (nanos - epoch.get()) / NANOS_PER_SECOND;
  }

  private double now() {
    return seconds(System.nanoTime());
  }

  /** Does something for a task on the guide's thread, if that still runs. */
  private void run(GuidedTask t, Runnable action) {
    try {
      thread.execute(() -> begin(t, action));
    } catch (RejectedExecutionException e) {
      abandon(t);
    }
  }

  private void begin(GuidedTask t, Runnable action) {
    // Once for all that is decided now: a snapshot takes longer than a decision.
    guarded(t, () -> view = cloud.view());
    guarded(t, action);
  }

  /** What goes wrong is the end of the task that it is done for, and of no other. */
  private void guarded(GuidedTask t, Runnable action) {
    try {
      if (!t.result.isDone()) {
        action.run();
      }
    } catch (RuntimeException | Error e) {
      fail(t, e);
    }
  }

  private void arrive(GuidedTask t, ByteBuffer images, long arrivalNanos, Recording recording) {
    Course course = t.course;
    Task task = course.task();
    Move move = dialogue.ask(course, course.arrivedSeconds());
    t.predicted = signalling == Signalling.PREDICTED && !course.node().isCloud();
    // Decisions that go along with the task may already be about what comes after its first hops.
    Shape input = course.tensor();
    t.cloudSeconds = cloudSeconds(course);
    t.walk = cloud.walk(itinerary(course), task, new Watch(t));
    if (closed) {
      abandon(t);
      return;
    }
    whereabouts.decided(course, move, task.source(), course.arrivedSeconds(), model());
    advance(course.node());
    t.decisionMs = (System.nanoTime() - arrivalNanos) / NANOS_PER_MS;
    cloud.begin(t.walk, task, input, images);
    var unused =
        t.walk
            .result()
            .whenComplete((done, failure) -> run(t, () -> ended(t, done, failure, recording)));
  }

  private static Itinerary itinerary(Course course) {
    Itinerary start = Itinerary.from(course.task().source());
    return course.isOpen() ? start.to(course.node()) : start.then(course.decided()).ended();
  }

  private double cloudSeconds(Course course) {
    if (course.isOpen()) {
      return 0;
    }
    LatencyModel model = model();
    List<Hop> here = course.ahead().stream().filter(h -> h.node().isCloud()).toList();
    return model.computeSeconds(here, course.task().batch());
  }

  /**
   * The task holds its node's processor and has run what was decided.
   *
   * @param entropies what an exit said of the samples, if it was one
   */
  private void decide(GuidedTask t, double time, List<Double> entropies) {
    Course course = t.course;
    if (!course.isOpen()) {
      return;
    }
    t.pending = null;
    NodeId node = course.node();
    var unused =
        course.phase() == Course.Phase.HOLDING ? course.ran(entropies) : course.granted(time);
    Move move = dialogue.ask(course, time);
    whereabouts.decided(course, move, node, time, model());
    if (!course.isOpen()) {
      t.cloudSeconds = cloudSeconds(course);
      t.walk.end(course.ahead());
      advance(node);
    } else if (move instanceof Move.Run run) {
      goesOn(t, run.hops(), time);
    } else {
      // Where it comes to from another device than its own nobody can tell ahead.
      t.predicted = false;
      t.walk.goTo(course.node());
      advance(node);
    }
  }

  private void goesOn(GuidedTask t, List<Hop> hops, double time) {
    t.judged = hops.get(hops.size() - 1).sideBranch();
    t.walk.goOn(hops);
    // What an exit says of the samples nobody can tell ahead either.
    if (t.predicted && !t.judged) {
      LatencyModel model = model();
      int batch = t.course.task().batch();
      double seconds = model.computeSeconds(hops, batch);
      schedule(t, time + seconds, MARGIN * seconds);
    }
  }

  /** Whoever is next in line at a node has its turn. */
  private void advance(NodeId node) {
    Course next = whereabouts.grant(node, model());
    GuidedTask t = next == null ? null : underWay.get(next);
    if (t != null && t.predicted) {
      guarded(t, () -> schedule(t, whereabouts.turn(next), 0));
    }
  }

  private void schedule(GuidedTask t, double time, double margin) {
    t.asksAt = time;
    double lead = view.link(t.course.node()).rttSeconds() / 2 + MARGIN_SECONDS + margin;
    long delay = Math.round((time - lead - now()) * NANOS_PER_SECOND);
    if (delay <= 0) {
      decide(t, time, List.of());
    } else if (!closed) {
      t.pending =
          thread.schedule(
              () -> begin(t, () -> decide(t, time, List.of())), delay, TimeUnit.NANOSECONDS);
    }
  }

  private void left(GuidedTask t, NodeId node, double time) {
    double later = whereabouts.left(t.course, node, time);
    Course next = whereabouts.holder(node);
    GuidedTask holder = later == 0 || next == null ? null : underWay.get(next);
    if (holder != null && holder.pending != null && holder.pending.cancel(false)) {
      guarded(holder, () -> schedule(holder, holder.asksAt + later, 0));
    }
  }

  private void ended(GuidedTask t, Execution done, Throwable failure, Recording recording) {
    if (failure != null) {
      fail(t, Failures.cause(failure));
      return;
    }
    t.course.finish();
    whereabouts.forget(t.course);
    TaskRecord record = recording.of(t.course.route(), done, t.decisionMs);
    dialogue.finished(record, now());
    underWay.remove(t.course);
    t.result.complete(record);
  }

  private void fail(GuidedTask t, Throwable why) {
    if (t.pending != null) {
      t.pending.cancel(false);
    }
    if (t.walk != null) {
      t.walk.fail(why);
    }
    t.course.fail(why);
    whereabouts.forget(t.course);
    underWay.remove(t.course);
    advance(t.course.node());
    t.result.completeExceptionally(why);
  }

  /** From any thread: nothing is decided for the task any more. */
  private void abandon(GuidedTask t) {
    RunFailure why =
        new RunFailure(
            String.format(
                Locale.ROOT, "task %d was not done when its guidance ended", t.course.task().id()));
    underWay.remove(t.course);
    if (t.walk != null) {
      t.walk.fail(why);
    }
    t.result.completeExceptionally(why);
  }

  private LatencyModel model() {
    return new LatencyModel(view);
  }

  /** Ends deciding; tasks that are under way fail. */
  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    underWay.values().forEach(this::abandon);
  }

  /** What the cloud sees without asking anybody. */
  private final class LiveConditions implements Conditions {
    @Override
    public SystemView view() {
      return view;
    }

    @Override
    public DeviceStatus device(NodeId device, Course but, double time) {
      return whereabouts.status(device, but, time);
    }

    @Override
    public double uplinkBacklogSeconds(NodeId edge, double time) {
      return whereabouts.uplinkBacklogSeconds(edge, time);
    }

    @Override
    public double cloudBacklogSeconds(double time) {
      return cloud.backlogSeconds();
    }
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
    public void reached(List<Double> entropies) {
      run(
          task,
          () -> {
            if (!task.predicted || task.judged) {
              double now = now();
              if (task.course.phase() == Course.Phase.BOUND) {
                whereabouts.holds(task.course, now);
              }
              decide(task, now, entropies);
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
