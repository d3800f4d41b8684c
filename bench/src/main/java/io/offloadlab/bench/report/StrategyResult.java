package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.metric.Results;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.metric.TaskRow;
import io.offloadlab.strategy.TaskRecord;
import java.util.List;

/**
 * Everything that one strategy did in a run.
 *
 * @param summary of the whole stream
 * @param records one per task in stream order, or every so manieth of a long stream
 * @param remarks what a reader must know of it
 */
public record StrategyResult(
    StreamSummary summary, List<TaskRecord> records, List<String> remarks) {
  /** Copies the lists. */
  public StrategyResult {
    records = List.copyOf(records);
    remarks = List.copyOf(remarks);
  }

  /** Its name. */
  public String strategy() {
    return summary.strategy();
  }

  /** Its rows of {@code tasks.csv}. */
  List<TaskRow> tasks() {
    return records.stream().map(r -> new TaskRow(strategy(), r)).toList();
  }

  /** Every route that it chose. */
  List<String> routes() {
    return records.stream().map(t -> t.route().toString()).distinct().toList();
  }

  /**
   * Several side by side.
   *
   * @param entries whose they are
   * @param use which images chose and which report
   * @param yardstick name of the strategy that the others are measured by
   */
  public static Results sideBySide(
      List<Entry> entries, ImageUse use, String yardstick, List<StrategyResult> results) {
    return new Results(
        entries, use, yardstick, results.stream().map(StrategyResult::summary).toList());
  }
}
