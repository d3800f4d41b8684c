package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One line of {@code validation.csv}: a strategy's stream as it ran, and as the simulator runs it
 * from what was measured before. Column names are a contract.
 *
 * @param strategy name
 * @param liveMeanMs mean latency on the live nodes
 * @param simulatedMeanMs mean latency in virtual time
 * @param error of the simulated mean, relative to the live one; positive where it is too slow
 * @param liveP95Ms 95th percentile on the live nodes
 * @param simulatedP95Ms 95th percentile in virtual time
 */
@JsonPropertyOrder({
  "strategy",
  "live_mean_ms",
  "simulated_mean_ms",
  "error",
  "live_p95_ms",
  "simulated_p95_ms"
})
public record ValidationRow(
    String strategy,
    @JsonProperty("live_mean_ms") double liveMeanMs,
    @JsonProperty("simulated_mean_ms") double simulatedMeanMs,
    double error,
    @JsonProperty("live_p95_ms") double liveP95Ms,
    @JsonProperty("simulated_p95_ms") double simulatedP95Ms) {

  /** Puts the two runs of one strategy side by side. */
  public static ValidationRow of(SummaryRow live, SummaryRow simulated) {
    return new ValidationRow(
        live.strategy(),
        live.latencyMeanMs(),
        simulated.latencyMeanMs(),
        simulated.latencyMeanMs() / live.latencyMeanMs() - 1,
        live.latencyP95Ms(),
        simulated.latencyP95Ms());
  }
}
