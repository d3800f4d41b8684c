package io.offloadlab.node;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The difference between an edge's clock and the cloud's, as in the Network Time Protocol (RFC
 * 5905, section 8): from the four times of a heartbeat, of the one with the shortest round trip
 * among the latest, whose way there and back can differ least. Safe for use by many threads.
 */
final class ClockOffset {
  private static final int WINDOW = 16;

  private record Sample(long roundTripNanos, long offsetNanos) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * @param sent by the cloud, on its clock
   * @param received by the edge, on the edge's clock
   * @param replied by the edge, on the edge's clock
   * @param returned to the cloud, on its clock
   */
  synchronized void heartbeat(long sent, long received, long replied, long returned) {
    if (samples.size() == WINDOW) {
      samples.removeFirst();
    }
    long roundTrip = (returned - sent) - (replied - received);
    samples.addLast(new Sample(roundTrip, ((received - sent) + (replied - returned)) / 2));
  }

  synchronized int samples() {
    return samples.size();
  }

  /** Edge's clock minus the cloud's, in nanoseconds; 0 before the first heartbeat. */
  synchronized long nanos() {
    Sample best = null;
    for (Sample s : samples) {
      if (best == null || s.roundTripNanos < best.roundTripNanos) {
        best = s;
      }
    }
    return best == null ? 0 : best.offsetNanos;
  }
}
