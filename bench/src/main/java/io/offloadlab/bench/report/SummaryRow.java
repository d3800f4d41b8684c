package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * One line of {@code summary.csv}: a strategy in one run. Column names are a contract.
 *
 * @param strategy name
 * @param batch images per task
 * @param accThreshold accuracy asked for, in 0..1
 * @param tasks number of tasks
 * @param accuracy reached, in 0..1
 * @param accuracySource {@code measured} or {@code profile}
 * @param latencyMeanMs mean latency per task
 * @param latencyP50Ms median
 * @param latencyP95Ms 95th percentile
 * @param latencyP99Ms 99th percentile
 * @param edgeMs mean time computing on edges
 * @param cloudMs mean time computing on the cloud
 * @param uplinkMs mean time from edges to the cloud
 * @param downlinkMs mean time from the cloud to edges
 * @param queueMs mean time waiting for a processor
 * @param mflops mean MFLOPs per image
 * @param sizeMib mean size of the network that ran
 */
@JsonPropertyOrder({
  "strategy",
  "batch",
  "acc_threshold",
  "tasks",
  "accuracy",
  "accuracy_source",
  "latency_mean_ms",
  "latency_p50_ms",
  "latency_p95_ms",
  "latency_p99_ms",
  "edge_ms",
  "cloud_ms",
  "uplink_ms",
  "downlink_ms",
  "queue_ms",
  "mflops",
  "size_mib"
})
public record SummaryRow(
    String strategy,
    int batch,
    @JsonProperty("acc_threshold") double accThreshold,
    int tasks,
    double accuracy,
    @JsonProperty("accuracy_source") AccuracySource accuracySource,
    @JsonProperty("latency_mean_ms") double latencyMeanMs,
    @JsonProperty("latency_p50_ms") double latencyP50Ms,
    @JsonProperty("latency_p95_ms") double latencyP95Ms,
    @JsonProperty("latency_p99_ms") double latencyP99Ms,
    @JsonProperty("edge_ms") double edgeMs,
    @JsonProperty("cloud_ms") double cloudMs,
    @JsonProperty("uplink_ms") double uplinkMs,
    @JsonProperty("downlink_ms") double downlinkMs,
    @JsonProperty("queue_ms") double queueMs,
    double mflops,
    @JsonProperty("size_mib") double sizeMib) {
  /** Linear interpolation between order statistics, as NumPy and R do by default. */
  private static final Quantile QUANTILE = Quantile.withDefaults().with(EstimationMethod.HF7);

  /**
   * The summary of a strategy's records.
   *
   * @throws IllegalArgumentException if there are no records
   */
  public static SummaryRow of(StrategyResult result, Scenario scenario) {
    List<TaskRecord> records = result.records();
    if (records.isEmpty()) {
      throw new IllegalArgumentException(
          "strategy '%s' has no records".formatted(result.strategy()));
    }
    double[] totals = records.stream().mapToDouble(r -> r.latency().totalMs()).toArray();
    double[] quantiles = QUANTILE.evaluate(totals, 0.5, 0.95, 0.99);
    return new SummaryRow(
        result.strategy(),
        scenario.batch(),
        scenario.accuracyThreshold(),
        records.size(),
        result.accuracy(),
        result.accuracySource(),
        mean(records, r -> r.latency().totalMs()),
        quantiles[0],
        quantiles[1],
        quantiles[2],
        meanOf(records, Latency::edgeMs),
        meanOf(records, Latency::cloudMs),
        meanOf(records, Latency::uplinkMs),
        meanOf(records, Latency::downlinkMs),
        meanOf(records, Latency::queueMs),
        mean(records, r -> r.route().flops() / 1e6),
        mean(records, r -> r.route().sizeMib()));
  }

  private static double meanOf(List<TaskRecord> records, ToDoubleFunction<Latency> part) {
    return mean(records, r -> part.applyAsDouble(r.latency()));
  }

  private static double mean(List<TaskRecord> records, ToDoubleFunction<TaskRecord> value) {
    return records.stream().mapToDouble(value).average().orElseThrow();
  }
}
