package io.offloadlab.twin;

import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;

/**
 * The inference-status twin (Hu et al., section IV): what a device does now and how many tasks wait
 * for it, told from the arrivals it announced, the decisions it was given and its profile, without
 * a message at every boundary.
 *
 * <p>The device's own word comes with every question here, so the twin can be judged; it is used
 * only when the twin is switched off.
 */
final class DeviceState {
  private static final double SMOOTHING = 0.05;

  private final boolean predicted;
  private double lastTime;
  private double area;
  private double areaAtStart;
  private double heldSince;
  private double meanHold;

  private int waiting;
  private boolean held;
  private double leavesAt = Double.POSITIVE_INFINITY;
  private Task leaver;

  private int signalled;
  private long announcements;
  private long questions;
  private long wrong;

  /**
   * @param expectedHold seconds for which a task holds the device, to begin with
   * @param predicted whether the twin's word counts, or the device's
   */
  DeviceState(double expectedHold, boolean predicted) {
    this.meanHold = expectedHold;
    this.predicted = predicted;
  }

  /** A question came. */
  void seen(TaskProgress p) {
    double now = p.nowSeconds();
    area = area(now);
    lastTime = now;
    // Live, whoever has its turn now may have it sooner than was foretold.
    boolean turn = p.holding() && p.done().isEmpty();
    if (held && (leavesAt <= now || (turn && Double.isFinite(leavesAt)))) {
      // The next in line has taken its place.
      held = waiting > 0;
      waiting = Math.max(0, waiting - 1);
      leavesAt = Double.POSITIVE_INFINITY;
      leaver = null;
    }
    questions++;
    announcements += p.holding() ? 0 : 1;
    wrong += waiting == p.waiting() ? 0 : 1;
    signalled = p.waiting();
    if (turn) {
      heldSince = now;
      areaAtStart = area;
    }
  }

  /** Task-seconds of waiting so far: grows by the number of waiting tasks every second. */
  double area(double now) {
    return area + waiting() * (now - lastTime);
  }

  int waiting() {
    return predicted ? waiting : signalled;
  }

  /** The task that just asked joins the queue, or takes the free processor. */
  void joins() {
    if (held) {
      waiting++;
      signalled++;
    } else {
      held = true;
    }
  }

  /** The holder leaves the device at a time that may lie ahead. */
  void leaves(Task holder, double time) {
    leaver = holder;
    leavesAt = time;
    // Who uploads at its turn holds nothing up, and is no measure for who computes.
    if (time > heldSince) {
      meanHold += SMOOTHING * (time - heldSince - meanHold);
    }
  }

  /** A task is done, so it is not on the device any more, whatever was foretold. */
  void hasLeft(Task task, double now) {
    if (held && task.equals(leaver)) {
      leavesAt = Math.min(leavesAt, now);
    }
  }

  boolean isHeld() {
    return held;
  }

  /** D_lq of the holder: for how long others have waited since it holds the device. */
  double waitedForHolder(double now) {
    return area(now) - areaAtStart;
  }

  /** Seconds until a task that joins now would have its turn. */
  double expectedWait(double now) {
    if (!held) {
      return 0;
    }
    double leaves = Double.isInfinite(leavesAt) ? heldSince + meanHold : leavesAt;
    return Math.max(0, leaves - now) + waiting() * meanHold;
  }

  /** Messages from the device with the twin: one per task, at its arrival. */
  long announcements() {
    return announcements;
  }

  /** Messages from the device without the twin: one per question. */
  long questions() {
    return questions;
  }

  /** Questions at which the twin had the wrong queue length. */
  long wrong() {
    return wrong;
  }
}
