package io.offloadlab.sim;

/**
 * One direction of a link: tensors leave one after the other, each taking bytes / rate, and arrive
 * half a round trip later.
 */
final class Wire {
  private final double bytesPerSecond;
  private final double delaySeconds;
  private double freeAt;
  double busySeconds;

  Wire(double bytesPerSecond, double rttSeconds) {
    this.bytesPerSecond = bytesPerSecond;
    this.delaySeconds = rttSeconds / 2;
  }

  /**
   * Sends a tensor.
   *
   * @return when its last byte arrives
   */
  double send(double now, long bytes) {
    double seconds = bytes / bytesPerSecond;
    busySeconds += seconds;
    freeAt = Math.max(now, freeAt) + seconds;
    return freeAt + delaySeconds;
  }

  /** Seconds until the next tensor can leave. */
  double backlogSeconds(double now) {
    return Math.max(0, freeAt - now);
  }
}
