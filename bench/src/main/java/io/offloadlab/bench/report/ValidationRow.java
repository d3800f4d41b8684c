package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One line of {@code validation.csv}: a strategy's stream as it ran, and in virtual time. Column
 * names are a contract. Errors are relative to the live run, positive where the simulator is too
 * slow.
 *
 * @param strategy name
 * @param liveMeanMs mean latency on the live nodes
 * @param predictedMeanMs simulated with the component times that were known before the run
 * @param predictedError of that
 * @param simulatedMeanMs simulated with the mean component times of the run itself
 * @param simulatedError of that
 */
@JsonPropertyOrder({
  "strategy",
  "live_mean_ms",
  "predicted_mean_ms",
  "predicted_error",
  "simulated_mean_ms",
  "simulated_error"
})
public record ValidationRow(
    String strategy,
    @JsonProperty("live_mean_ms") double liveMeanMs,
    @JsonProperty("predicted_mean_ms") double predictedMeanMs,
    @JsonProperty("predicted_error") double predictedError,
    @JsonProperty("simulated_mean_ms") double simulatedMeanMs,
    @JsonProperty("simulated_error") double simulatedError) {

  /** Puts the runs of one strategy side by side. */
  public static ValidationRow of(SummaryRow live, SummaryRow predicted, SummaryRow simulated) {
    double ms = live.latencyMeanMs();
    return new ValidationRow(
        live.strategy(),
        ms,
        predicted.latencyMeanMs(),
        predicted.latencyMeanMs() / ms - 1,
        simulated.latencyMeanMs(),
        simulated.latencyMeanMs() / ms - 1);
  }
}
