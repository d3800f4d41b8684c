package io.offloadlab.strategy;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What came out of one task.
 *
 * @param task what was asked
 * @param route what ran where
 * @param predictions class per image
 * @param labels true class per image; empty when the images are generated and have none
 * @param latency how long it took
 */
public record TaskRecord(
    Task task, Route route, List<Integer> predictions, List<Integer> labels, Latency latency) {

  /**
   * Wall-clock milliseconds from the task's arrival at its source to its prediction there, on one
   * clock, and where they went. The parts add up to the total.
   *
   * @param totalMs from arrival to prediction
   * @param edgeMs computing on edges, emulated slowness included
   * @param cloudMs computing on the cloud
   * @param uplinkMs from edges to the cloud
   * @param downlinkMs from the cloud to edges
   * @param queueMs waiting for a processor, or with it for a decision
   */
  public record Latency(
      double totalMs,
      double edgeMs,
      double cloudMs,
      double uplinkMs,
      double downlinkMs,
      double queueMs) {}

  /** Copies the lists. */
  public TaskRecord {
    predictions = List.copyOf(predictions);
    labels = List.copyOf(labels);
  }

  /** How many images were classified as labelled; 0 without labels. */
  public int correct() {
    return (int)
        IntStream.range(0, labels.size())
            .filter(i -> labels.get(i).equals(predictions.get(i)))
            .count();
  }
}
