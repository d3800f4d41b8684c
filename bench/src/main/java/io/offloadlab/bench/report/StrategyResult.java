package io.offloadlab.bench.report;

import io.offloadlab.strategy.TaskRecord;
import java.util.List;

/**
 * Everything that one strategy did in a run.
 *
 * @param strategy its name
 * @param records one per task, in stream order
 * @param accuracy over all images, in 0..1
 * @param accuracySource where the accuracy comes from
 * @param expectedAccuracy what the profile gives for the networks that ran, in 0..1
 * @param planSeconds how long its first decision took, before the stream
 * @param remarks what a reader must know of it
 */
public record StrategyResult(
    String strategy,
    List<TaskRecord> records,
    double accuracy,
    AccuracySource accuracySource,
    double expectedAccuracy,
    double planSeconds,
    List<String> remarks) {
  /** Copies the lists. */
  public StrategyResult {
    records = List.copyOf(records);
    remarks = List.copyOf(remarks);
  }
}
