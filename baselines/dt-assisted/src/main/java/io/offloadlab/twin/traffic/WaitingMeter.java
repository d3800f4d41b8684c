package io.offloadlab.twin.traffic;

import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.TaskProgress;

/**
 * How long tasks wait for a device, added up over them: D_lq (Hu et al., section III) of whoever
 * holds it. How many wait is what questions tell, which the runtime's inference-status twin
 * foretells or the device reports.
 */
public final class WaitingMeter {
  private static final double SMOOTHING = 0.05;

  private double lastTime;
  private double area;
  private double areaAtStart;
  private double heldSince;
  private double meanHold;

  private DeviceStatus status = DeviceStatus.FREE;
  private int waiting;
  private long announcements;
  private long questions;

  /**
   * @param expectedHold seconds for which a task holds the device, to begin with
   */
  public WaitingMeter(double expectedHold) {
    this.meanHold = expectedHold;
  }

  /** A question came. */
  public void seen(TaskProgress p) {
    double now = p.nowSeconds();
    area = area(now);
    lastTime = now;
    status = p.device();
    waiting = status.waiting();
    questions++;
    announcements += p.holding() ? 0 : 1;
    if (p.holding() && p.done().isEmpty()) {
      heldSince = now;
      areaAtStart = area;
    }
  }

  /** Task-seconds of waiting so far: grows by the number of waiting tasks every second. */
  double area(double now) {
    return area + waiting * (now - lastTime);
  }

  /** Tasks that wait for the device. */
  public int waiting() {
    return waiting;
  }

  /** The task that just asked joins the queue, or takes the free processor. */
  public void joins() {
    waiting += status.held() ? 1 : 0;
  }

  /** The holder, which just asked, leaves the device at a time that may lie ahead. */
  public void leaves(double time) {
    // Who uploads at its turn holds nothing up, and is no measure for who computes.
    if (time > heldSince) {
      meanHold += SMOOTHING * (time - heldSince - meanHold);
    }
  }

  /** Whether somebody else had the device at the last question. */
  public boolean isHeld() {
    return status.held();
  }

  /** D_lq of the holder: for how long others have waited since it holds the device. */
  public double waitedForHolder(double now) {
    return area(now) - areaAtStart;
  }

  /** Seconds until a task that joins now, which just asked, would have its turn. */
  public double expectedWait(double now) {
    if (!status.held()) {
      return 0;
    }
    double leaves =
        Double.isInfinite(status.leavesAtSeconds())
            ? heldSince + meanHold
            : status.leavesAtSeconds();
    return Math.max(0, leaves - now) + waiting * meanHold;
  }

  /** Messages from the device with the twin: one per task, at its arrival. */
  public long announcements() {
    return announcements;
  }

  /** Messages from the device without the twin: one per question. */
  public long questions() {
    return questions;
  }
}
