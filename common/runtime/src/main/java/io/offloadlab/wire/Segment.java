package io.offloadlab.wire;

import java.util.List;

/**
 * What happened to a task on one node, in nanoseconds of that node's own clock.
 *
 * @param receivedNanos when its tensor was there
 * @param startNanos when computing began; the time since {@code receivedNanos} was spent queueing
 * @param hopNanos how long each component took, in the order of the route, emulated slowness
 *     included; empty where the tensor only passed through
 * @param idleNanos for how long the task held the processor without computing, because it had not
 *     been told yet where to go on
 */
public record Segment(long receivedNanos, long startNanos, List<Long> hopNanos, long idleNanos) {
  /** Copies the list. */
  public Segment {
    hopNanos = List.copyOf(hopNanos);
  }

  /** A tensor that was there at a moment and computed nothing. */
  public static Segment passing(long nanos) {
    return new Segment(nanos, nanos, List.of(), 0);
  }

  /** Nanoseconds waiting for the processor; see {@link #idleNanos} for waiting with it. */
  public long queueNanos() {
    return startNanos - receivedNanos;
  }

  /** Nanoseconds computing. */
  public long computeNanos() {
    return hopNanos.stream().mapToLong(Long::longValue).sum();
  }

  /** When computing ended, and the tensor's way to the next node began. */
  public long endNanos() {
    return startNanos + computeNanos() + idleNanos;
  }
}
