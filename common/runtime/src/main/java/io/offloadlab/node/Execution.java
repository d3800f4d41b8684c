package io.offloadlab.node;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.wire.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a task that walked its route.
 *
 * @param logits class scores per image: {@code [batch][classes]}
 * @param latency on the clock of the task's source
 * @param trace every node that the tensor was on, in order, the source at both ends
 */
@SuppressWarnings("ArrayRecordComponent") // As the engine gives them; nobody compares executions.
public record Execution(float[][] logits, TaskRecord.Latency latency, List<Stop> trace) {
  /**
   * A node that the tensor was on.
   *
   * @param segment on that node's own clock
   */
  public record Stop(NodeId node, Segment segment) {}

  /** Copies the trace. */
  public Execution {
    trace = List.copyOf(trace);
  }

  /** Class of the largest score per image; the first of equals. */
  public List<Integer> predictions() {
    List<Integer> classes = new ArrayList<>(logits.length);
    for (float[] scores : logits) {
      int best = 0;
      for (int c = 1; c < scores.length; c++) {
        if (scores[c] > scores[best]) {
          best = c;
        }
      }
      classes.add(best);
    }
    return classes;
  }
}
