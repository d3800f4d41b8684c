package io.offloadlab.sim;

import io.offloadlab.course.Course;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.TaskRecord.Latency;

/**
 * A task (or a job of others, or the next change of the links) on its way. Exactly one event of it
 * is pending at any time, so it is its own event.
 */
final class Flight implements Comparable<Flight> {
  /** What happens when the pending event is due. */
  enum Event {
    ARRIVES,
    REACHES_CLOUD,
    REACHES_EDGE,
    COMPUTED,
    OTHERS_ARRIVE,
    OTHERS_COMPUTED,
    LINKS_CHANGE
  }

  private static final double MS = 1e3;

  /** Null for what is no task. */
  final Course course;

  Event event;
  double due;
  private long order;

  NodeId at;
  NodeId goal;

  /** The processor that is held; null while waiting or travelling. */
  Processor held;

  /** Seconds of what waits for a processor or runs on it. */
  double segmentSeconds;

  /** Whether that was reckoned since anything was last decided. */
  boolean measured;

  /** When the wait for a processor or a transfer began. */
  double since;

  double edge;
  double cloud;
  double up;
  double down;
  double queue;

  /**
   * @param course null for what is no task
   */
  Flight(Course course) {
    this.course = course;
  }

  /** Sets the pending event; equal times happen in the order in which they were set. */
  Flight at(double time, Event what, long sequence) {
    due = time;
    event = what;
    order = sequence;
    return this;
  }

  Latency latency(double now) {
    return new Latency(
        (now - course.arrivedSeconds()) * MS,
        edge * MS,
        cloud * MS,
        up * MS,
        down * MS,
        queue * MS);
  }

  @Override
  public int compareTo(Flight other) {
    int byTime = Double.compare(due, other.due);
    return byTime != 0 ? byTime : Long.compare(order, other.order);
  }
}
