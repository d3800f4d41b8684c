package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.metric.Results;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.metric.TaskRow;
import io.offloadlab.strategy.TaskRecord;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that one strategy did in a run.
 *
 * @param summary of all of its streams
 * @param repeats each of them by itself, in their order
 * @param remarks what a reader must know of it
 */
public record StrategyResult(StreamSummary summary, List<Repeat> repeats, List<String> remarks) {
  /** Copies the lists. */
  public StrategyResult {
    repeats = List.copyOf(repeats);
    remarks = List.copyOf(remarks);
  }

  /**
   * Of a strategy that ran one stream.
   *
   * @param records one per task in stream order, or a sample of a long stream's
   */
  public static StrategyResult single(
      StreamSummary summary, List<TaskRecord> records, List<String> remarks) {
    return new StrategyResult(summary, List.of(new Repeat(summary, records)), remarks);
  }

  /**
   * One stream.
   *
   * @param summary what it came to
   * @param records one per task in stream order, or a sample of a long stream's
   */
  public record Repeat(StreamSummary summary, List<TaskRecord> records) {
    /** Copies the list. */
    public Repeat {
      records = List.copyOf(records);
    }
  }

  /** Its name. */
  public String strategy() {
    return summary.strategy();
  }

  /** The records of all repeats. */
  public List<TaskRecord> records() {
    return repeats.stream().flatMap(r -> r.records().stream()).toList();
  }

  /** Its rows of {@code tasks.csv}. */
  List<TaskRow> tasks() {
    return repeats.stream()
        .flatMap(
            r -> r.records().stream().map(t -> new TaskRow(strategy(), r.summary().repeat(), t)))
        .toList();
  }

  /** Every route that it chose. */
  List<String> routes() {
    return records().stream().map(t -> t.route().toString()).distinct().toList();
  }

  /**
   * Several side by side.
   *
   * @param entries whose they are
   * @param use which images chose and which report
   * @param yardstick name of the entry that the others are measured by
   */
  public static Results sideBySide(
      List<Entry> entries, ImageUse use, String yardstick, List<StrategyResult> results) {
    return new Results(
        entries, use, yardstick, results.stream().map(StrategyResult::summary).toList());
  }

  /** The same for every repeat by itself, in their order. */
  static List<Results> sideBySideByRepeat(
      List<Entry> entries, ImageUse use, String yardstick, List<StrategyResult> results) {
    return results.stream()
        .flatMap(r -> r.repeats().stream())
        .map(Repeat::summary)
        .collect(Collectors.groupingBy(StreamSummary::repeat, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(streams -> new Results(entries, use, yardstick, streams))
        .toList();
  }
}
