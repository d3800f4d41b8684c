package io.offloadlab.sim;

/**
 * One direction of a link: tensors leave one after the other, each taking bytes / rate, and arrive
 * half a round trip later, in their order. Where the link changes, those that are under way arrive
 * as they would have.
 */
final class Wire {
  private double bytesPerSecond;
  private double delaySeconds;
  private double freeAt;
  private double lastArrival;
  double busySeconds;

  Wire(double bytesPerSecond, double rttSeconds) {
    become(bytesPerSecond, rttSeconds);
  }

  /** Is another one for tensors that are sent from now on. */
  void become(double rate, double rttSeconds) {
    this.bytesPerSecond = rate;
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
    lastArrival = Math.max(lastArrival, freeAt + delaySeconds);
    return lastArrival;
  }

  /** Seconds until the next tensor can leave. */
  double backlogSeconds(double now) {
    return Math.max(0, freeAt - now);
  }
}
