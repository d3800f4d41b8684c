package io.offloadlab.sim;

import io.offloadlab.course.Course;
import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.NodeId;
import java.util.ArrayDeque;

/** A node's one processor and those who wait for it: first come, first served. */
final class Processor {
  final NodeId node;
  private final int capacity;
  private final ArrayDeque<Flight> waiting = new ArrayDeque<>();
  private double waitingSeconds;
  private Flight holder;
  private double freeAt;

  /** Whether it is being handed to the next in line. */
  boolean dispatching;

  double busySeconds;
  double othersSeconds;
  double refusedSeconds;
  long dropped;

  Processor(NodeId node, int capacity) {
    this.node = node;
    this.capacity = capacity;
  }

  /** Joins the queue, unless it is full: then false. */
  boolean offer(Flight flight) {
    // A free processor takes the flight at once: it never waits.
    if ((holder != null || !waiting.isEmpty()) && waiting.size() >= capacity) {
      refusedSeconds += flight.segmentSeconds;
      return false;
    }
    waiting.add(flight);
    waitingSeconds += flight.segmentSeconds;
    return true;
  }

  /** The next one in line when the processor is free, which then holds it; else null. */
  Flight grant() {
    if (holder != null || waiting.isEmpty()) {
      return null;
    }
    Flight flight = waiting.remove();
    waitingSeconds = waiting.isEmpty() ? 0 : waitingSeconds - flight.segmentSeconds;
    holder = flight;
    return flight;
  }

  /** When the holder will be done with what it computes now, as far as can be said. */
  void expectFreeAt(double time) {
    freeAt = time;
  }

  void release() {
    holder = null;
  }

  int waiting() {
    return waiting.size();
  }

  /** What is to be seen of it by those who ask about a course. */
  DeviceStatus status(Course but) {
    if (holder == null || (holder.course != null && holder.course == but)) {
      return new DeviceStatus(false, Double.POSITIVE_INFINITY, waiting());
    }
    boolean open = holder.course != null && holder.course.isOpen();
    return new DeviceStatus(true, open ? Double.POSITIVE_INFINITY : freeAt, waiting());
  }

  /** Seconds until it would be free if nothing more came and all took as long as expected. */
  double backlogSeconds(double now) {
    return waitingSeconds + (holder != null ? Math.max(0, freeAt - now) : 0);
  }
}
