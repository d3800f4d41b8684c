package io.offloadlab.wire;

import java.util.List;

/**
 * What happened to a task on one node, in nanoseconds of that node's own clock.
 *
 * @param receivedNanos when its tensor was there
 * @param startNanos when computing began; the time since {@code receivedNanos} was spent queueing
 * @param stretches how long components took that ran as one program, in the order of the route,
 *     emulated slowness included; empty where the tensor only passed through
 * @param idleNanos for how long the task held the processor without computing, because it had not
 *     been told yet where to go on
 */
public record Segment(
    long receivedNanos, long startNanos, List<Stretch> stretches, long idleNanos) {
  /**
   * Hops in a row that ran as one program.
   *
   * @param hops how many, at least 1
   * @param nanos all of them together
   */
  public record Stretch(int hops, long nanos) {}

  /** Copies the list. */
  public Segment {
    stretches = List.copyOf(stretches);
  }

  /** A tensor that was there at a moment and computed nothing. */
  public static Segment passing(long nanos) {
    return new Segment(nanos, nanos, List.of(), 0);
  }

  /** How many hops ran. */
  public int hops() {
    int hops = 0;
    for (int i = 0; i < stretches.size(); i++) {
      hops += stretches.get(i).hops();
    }
    return hops;
  }

  /** Nanoseconds waiting for the processor; see {@link #idleNanos} for waiting with it. */
  public long queueNanos() {
    return startNanos - receivedNanos;
  }

  /** Nanoseconds computing. */
  public long computeNanos() {
    long nanos = 0;
    for (int i = 0; i < stretches.size(); i++) {
      nanos += stretches.get(i).nanos();
    }
    return nanos;
  }

  /** Whether nothing took less than no time. */
  public boolean isForward() {
    boolean forward = true;
    for (int i = 0; i < stretches.size(); i++) {
      forward &= stretches.get(i).nanos() >= 0;
    }
    return forward;
  }

  /** When computing ended, and the tensor's way to the next node began. */
  public long endNanos() {
    return startNanos + computeNanos() + idleNanos;
  }
}
