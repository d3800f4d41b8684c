package io.offloadlab.wire;

/**
 * When frames leave a link of a given rate and arrive at its other end: one frame after the other,
 * each taking bytes / rate, and then half a round trip. Where the link changes, frames that are
 * under way arrive as they would have, and before those that are sent later.
 */
final class LinkSchedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private double bytesPerSecond;
  private long delayNanos;
  private long freeNanos;
  private long lastArrivalNanos;
  private boolean used;

  /**
   * @param bytesPerSecond may be infinite
   * @param delaySeconds one way
   */
  LinkSchedule(double bytesPerSecond, double delaySeconds) {
    become(bytesPerSecond, delaySeconds);
  }

  /** Is another link for frames that are sent from now on. */
  void become(double rate, double delaySeconds) {
    this.bytesPerSecond = rate;
    this.delayNanos = Math.round(delaySeconds * NANOS_PER_SECOND);
  }

  /**
   * When the last byte of a frame arrives.
   *
   * @param nowNanos when it is sent, of a clock that may overflow, as {@link System#nanoTime}
   * @param bytes its size
   */
  long arrivalNanos(long nowNanos, long bytes) {
    if (!used || freeNanos - nowNanos < 0) {
      freeNanos = nowNanos;
    }
    freeNanos += Math.round(bytes / bytesPerSecond * NANOS_PER_SECOND);
    long arrival = freeNanos + delayNanos;
    if (!used || arrival - lastArrivalNanos > 0) {
      lastArrivalNanos = arrival;
    }
    used = true;
    return lastArrivalNanos;
  }
}
