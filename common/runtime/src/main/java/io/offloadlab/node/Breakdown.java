package io.offloadlab.node;

import io.offloadlab.node.Execution.Stop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where a task's time went, on one clock. A transfer begins when computing ends on one node and
 * ends when the tensor is there on the next, so that encoding, relaying and handing over belong to
 * it and the parts add up to the total.
 *
 * <p>Times within a node need no common clock. A transfer does: the edge's clock is translated by
 * its offset. An error of the offset moves time between uplink and downlink and cancels in the sum;
 * and as no transfer takes less than nothing, the trace itself bounds the offset.
 */
final class Breakdown {
  private static final double NANOS_PER_MS = 1e6;

  /**
   * One transfer.
   *
   * @param up whether to the cloud
   */
  record Transfer(NodeId edge, boolean up, long nanos) {}

  private final List<Stop> trace;
  private final List<Transfer> transfers = new ArrayList<>();

  /**
   * @param trace neighbours are the cloud and an edge, in turns
   * @param offsets nanoseconds that an edge's clock is ahead of the cloud's, as far as is known
   */
  Breakdown(List<Stop> trace, ToLongFunction<NodeId> offsets) {
    this.trace = trace;
    for (int i = 1; i < trace.size(); i++) {
      boolean up = trace.get(i).node().isCloud();
      NodeId edge = trace.get(up ? i - 1 : i).node();
      long offset = bounded(edge, offsets.applyAsLong(edge));
      transfers.add(new Transfer(edge, up, raw(i) + (up ? offset : -offset)));
    }
  }

  /** Of transfer {@code i - 1} to {@code i}, each time on its own node's clock. */
  private long raw(int i) {
    return trace.get(i).segment().receivedNanos() - trace.get(i - 1).segment().endNanos();
  }

  private long bounded(NodeId edge, long offset) {
    long least = Long.MIN_VALUE;
    long most = Long.MAX_VALUE;
    for (int i = 1; i < trace.size(); i++) {
      if (trace.get(i).node().equals(edge)) {
        most = Math.min(most, raw(i));
      } else if (trace.get(i - 1).node().equals(edge)) {
        least = Math.max(least, -raw(i));
      }
    }
    return Math.max(least, Math.min(most, offset));
  }

  /** In the order of the trace. */
  List<Transfer> transfers() {
    return transfers;
  }

  TaskRecord.Latency latency() {
    long total =
        trace.get(trace.size() - 1).segment().endNanos() - trace.get(0).segment().receivedNanos();
    long cloud = 0;
    long edges = 0;
    long waiting = 0;
    for (Stop stop : trace) {
      long computing = stop.segment().computeNanos();
      cloud += stop.node().isCloud() ? computing : 0;
      edges += stop.node().isCloud() ? 0 : computing;
      waiting += stop.segment().queueNanos() + stop.segment().idleNanos();
    }
    long up = 0;
    long down = 0;
    for (Transfer t : transfers) {
      up += t.up ? t.nanos : 0;
      down += t.up ? 0 : t.nanos;
    }
    return new TaskRecord.Latency(
        total / NANOS_PER_MS,
        edges / NANOS_PER_MS,
        cloud / NANOS_PER_MS,
        up / NANOS_PER_MS,
        down / NANOS_PER_MS,
        waiting / NANOS_PER_MS);
  }
}
