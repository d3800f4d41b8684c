package io.offloadlab.sim;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.List;

/**
 * A task (or a job of others) on its way. Exactly one event of it is pending at any time, so it is
 * its own event.
 */
final class Flight implements Comparable<Flight> {
  /** What happens when the pending event is due. */
  enum Event {
    ARRIVES,
    REACHES_CLOUD,
    REACHES_EDGE,
    COMPUTED,
    OTHERS_ARRIVE,
    OTHERS_COMPUTED
  }

  private static final double MS = 1e3;

  /** Null for jobs of others. */
  final Task task;

  final double arrived;

  Event event;
  double due;
  private long order;

  /** Hops decided so far, done ones included. */
  List<Hop> hops = List.of();

  /** Index of the next hop. */
  int next;

  /** Whether the strategy is asked again when the decided hops are done. */
  boolean open;

  NodeId at;
  NodeId goal;

  /** The processor that is held; null while waiting or travelling. */
  Processor held;

  /** Hops and seconds of the segment that waits or runs. */
  int segmentHops;

  double segmentSeconds;

  /** When the wait for a processor or a transfer began. */
  double since;

  double started = Double.NaN;
  double edge;
  double cloud;
  double up;
  double down;
  double queue;

  Flight(Task task, double arrived) {
    this.task = task;
    this.arrived = arrived;
  }

  /** Sets the pending event; equal times happen in the order in which they were set. */
  Flight at(double time, Event what, long sequence) {
    due = time;
    event = what;
    order = sequence;
    return this;
  }

  Latency latency(double now) {
    return new Latency((now - arrived) * MS, edge * MS, cloud * MS, up * MS, down * MS, queue * MS);
  }

  List<Hop> done() {
    return hops.subList(0, next);
  }

  @Override
  public int compareTo(Flight other) {
    int byTime = Double.compare(due, other.due);
    return byTime != 0 ? byTime : Long.compare(order, other.order);
  }
}
