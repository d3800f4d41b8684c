package io.offloadlab.course;

import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The course of one task, without a clock and without anything that moves it.
 *
 * <pre>
 *            answered, planned          granted            ran, answered
 *  ARRIVED ---------------------> BOUND --------> HOLDING ---------------> RETURNING --> DONE
 *     ^                             ^  \             |  \                    /
 *     |                             |   \____________|___\__________________/---------> FAILED
 *     |  retry                      |________________|
 *     +-----------------------------  another node
 * </pre>
 *
 * <p>A course is open while its strategy is asked again at every boundary, and closed when the rest
 * of its route is decided. The rest of a closed course may pass unseen: {@link #finish} is told
 * then from whatever phase it is in. Used by one thread at a time; times are seconds on the clock
 * of whoever moves the task.
 */
public final class Course {
  /** Where a task is on its course. */
  public enum Phase {
    /** At its source, nothing decided. */
    ARRIVED,
    /** On its way to a node's processor, or waiting for it. */
    BOUND,
    /** Has its node's processor. */
    HOLDING,
    /** Every component has run; the prediction goes to the source. */
    RETURNING,
    /** The prediction is at the source. */
    DONE,
    /** Over without a prediction; {@link Course#failure} says why. */
    FAILED
  }

  private final Task task;
  private final double arrivedSeconds;
  private List<Hop> hops = new ArrayList<>();

  /** How many of them have run. */
  int ran;

  private Route whole;
  private boolean open = true;
  private Phase phase = Phase.ARRIVED;
  private NodeId node;
  private double startedSeconds = Double.NaN;
  private List<Double> entropies = List.of();
  private int attempts = 1;
  private Throwable failure;

  /** As the whereabouts have it; null before the first decision. */
  Stay stay;

  /** Where it was before, until somebody saw it leave; else null. */
  Stay before;

  /**
   * A task that has just arrived.
   *
   * @param arrivedSeconds when
   */
  public Course(Task task, double arrivedSeconds) {
    this.task = task;
    this.arrivedSeconds = arrivedSeconds;
    this.node = task.source();
  }

  /** What is to be classified. */
  public Task task() {
    return task;
  }

  /** When it arrived. */
  public double arrivedSeconds() {
    return arrivedSeconds;
  }

  /** When it first got a processor; not a number before that. */
  public double startedSeconds() {
    return startedSeconds;
  }

  /** Where it is on its course. */
  public Phase phase() {
    return phase;
  }

  /** Whether it is done or has failed: nothing more happens to it. */
  public boolean isOver() {
    return phase == Phase.DONE || phase == Phase.FAILED;
  }

  /** The node it is on or goes to. */
  public NodeId node() {
    return node;
  }

  /** Whether the strategy is asked again; else the whole route is decided. */
  public boolean isOpen() {
    return open;
  }

  /** How often it has set out: 1 unless it was {@link #retry retried}. */
  public int attempts() {
    return attempts;
  }

  /** Every hop that is decided, those that have run included; a view. */
  public List<Hop> decided() {
    return Collections.unmodifiableList(hops);
  }

  /** Hops that have run. */
  public List<Hop> done() {
    return List.copyOf(hops.subList(0, ran));
  }

  /** Hops that are decided and have not run. */
  public List<Hop> ahead() {
    return List.copyOf(hops.subList(ran, hops.size()));
  }

  /** Hops that run where the task is before it moves on, as far as is decided; may be empty. */
  public List<Hop> here() {
    int end = ran;
    while (end < hops.size() && hops.get(end).node().equals(node)) {
      end++;
    }
    List<Hop> here = hops.subList(ran, end);
    return open ? List.copyOf(here) : here;
  }

  /**
   * All that is decided as a route.
   *
   * @throws IllegalStateException if the strategy will be asked again
   */
  public Route route() {
    if (open) {
      throw new IllegalStateException("%s has no whole route yet".formatted(this));
    }
    whole = whole == null ? new Route(hops) : whole;
    return whole;
  }

  /**
   * Entropy of the class probabilities per sample, in nats, at the exit that has just run as a side
   * branch; empty at any other boundary, and where nothing is inferred.
   */
  public List<Double> entropies() {
    return entropies;
  }

  /**
   * Shape of one sample as it is now; a side branch leaves it alone unless it was the end.
   *
   * @throws IllegalStateException if nothing is decided yet
   */
  public Shape tensor() {
    if (hops.isEmpty()) {
      throw new IllegalStateException("nothing is decided of %s yet".formatted(this));
    }
    return tensor(ran);
  }

  /** The same when so many hops will have run. */
  Shape tensor(int hopsRun) {
    return hopsRun == 0
        ? hops.get(0).component().input()
        : Route.after(hops.subList(0, hopsRun), !open && hopsRun == hops.size());
  }

  /**
   * The whole route is known at its arrival.
   *
   * @return where it goes first
   */
  public Move planned(Route route) {
    require(phase == Phase.ARRIVED && open, "planned");
    whole = route;
    hops = route.hops();
    open = false;
    return move();
  }

  /**
   * The strategy has answered; what it had decided before and has not run is void.
   *
   * @return what the task does; never {@link Move.Ask}
   * @throws IllegalStateException if the answer ends a task before any component ran
   */
  public Move answered(Step step) {
    require(open && (phase == Phase.ARRIVED || phase == Phase.HOLDING), "answered");
    hops.subList(ran, hops.size()).clear();
    hops.addAll(step.hops());
    open = step instanceof Step.Compute;
    entropies = List.of();
    if (hops.isEmpty()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "a strategy finished task %d before any component ran", task.id()));
    }
    return move();
  }

  /**
   * It has its node's processor.
   *
   * @param nowSeconds when
   */
  public Move granted(double nowSeconds) {
    require(phase == Phase.BOUND, "granted a processor");
    phase = Phase.HOLDING;
    startedSeconds = Double.isNaN(startedSeconds) ? nowSeconds : startedSeconds;
    return open ? Move.ASK : move();
  }

  /** As {@link #ran(List)}, when no exit was judged. */
  public Move ran() {
    return ran(List.of());
  }

  /**
   * The hops of the last {@link Move.Run} have run.
   *
   * @param judged entropy per sample in nats, if the last of them was a side branch; else empty
   */
  public Move ran(List<Double> judged) {
    require(phase == Phase.HOLDING, "told that components ran");
    ran += here().size();
    entropies = List.copyOf(judged);
    return open ? Move.ASK : move();
  }

  /** The prediction is at the source. */
  public void finish() {
    require(!open && !isOver(), "finished");
    ran = hops.size();
    phase = Phase.DONE;
  }

  /**
   * It ends without a prediction. A course that is over stays as it is.
   *
   * @param why what a user is told
   */
  public void fail(Throwable why) {
    if (!isOver()) {
      phase = Phase.FAILED;
      failure = why;
    }
  }

  /**
   * Sets out anew from its source, because what it was on is gone: whatever was decided and
   * whatever ran is void, and the strategy is asked again as if the task arrived.
   */
  public Move retry() {
    require(!isOver(), "retried");
    attempts++;
    hops = new ArrayList<>();
    whole = null;
    ran = 0;
    open = true;
    entropies = List.of();
    node = task.source();
    phase = Phase.ARRIVED;
    return Move.ASK;
  }

  /**
   * Why it failed.
   *
   * @throws IllegalStateException if it did not
   */
  public Throwable failure() {
    if (failure == null) {
      throw new IllegalStateException("%s did not fail".formatted(this));
    }
    return failure;
  }

  private Move move() {
    if (ran == hops.size()) {
      phase = Phase.RETURNING;
      node = task.source();
      return new Move.Return(node);
    }
    NodeId next = hops.get(ran).node();
    if (phase == Phase.HOLDING && next.equals(node)) {
      return new Move.Run(here());
    }
    phase = Phase.BOUND;
    node = next;
    return new Move.Go(next);
  }

  private void require(boolean allowed, String what) {
    if (!allowed) {
      throw new IllegalStateException("%s cannot be %s".formatted(this, what));
    }
  }

  /** {@code task 7 (HOLDING edge-1, 3 of 5 hops run)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "task %d (%s %s, %d of %d hops run)",
        task.id(),
        phase,
        node,
        ran,
        hops.size());
  }
}
