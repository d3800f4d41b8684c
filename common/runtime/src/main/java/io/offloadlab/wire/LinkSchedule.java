package io.offloadlab.wire;

/**
 * When frames leave a link of a given rate and arrive at its other end: one frame after the other,
 * each taking bytes / rate, and then half a round trip.
 */
final class LinkSchedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double bytesPerSecond;
  private final long delayNanos;
  private long freeNanos;
  private boolean used;

  /**
   * @param bytesPerSecond may be infinite
   * @param delaySeconds one way
   */
  LinkSchedule(double bytesPerSecond, double delaySeconds) {
    this.bytesPerSecond = bytesPerSecond;
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
      used = true;
    }
    freeNanos += Math.round(bytes / bytesPerSecond * NANOS_PER_SECOND);
    return freeNanos + delayNanos;
  }
}
