package io.offloadlab.node;

/**
 * How much work waits or runs, in seconds that were expected of it. Safe for use by many threads.
 */
final class Backlog {
  private static final double NANOS_PER_SECOND = 1e9;

  private int queued;
  private double queuedSeconds;
  private boolean running;
  private double runningSeconds;
  private long runningSince;

  synchronized void queued(double seconds) {
    queued++;
    queuedSeconds += seconds;
  }

  synchronized void withdrawn(double seconds) {
    queued--;
    // Sums of many numbers drift; an empty queue is exactly empty.
    queuedSeconds = queued == 0 ? 0 : queuedSeconds - seconds;
  }

  synchronized void begun(double seconds, long nowNanos) {
    withdrawn(seconds);
    running = true;
    runningSeconds = seconds;
    runningSince = nowNanos;
  }

  synchronized void ended() {
    running = false;
  }

  synchronized double seconds(long nowNanos) {
    double left =
        running ? Math.max(0, runningSeconds - (nowNanos - runningSince) / NANOS_PER_SECOND) : 0;
    return queuedSeconds + left;
  }
}
