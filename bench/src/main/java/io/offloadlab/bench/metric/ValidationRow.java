package io.offloadlab.bench.metric;

/**
 * A row of {@code validation.csv}: a strategy's stream as it ran, and in virtual time. Latencies
 * are means in milliseconds.
 *
 * @param strategy name
 * @param liveMs on the live nodes
 * @param predictedMs simulated with the component times that were known before the run
 * @param simulatedMs simulated with the mean component times of the run itself
 */
public record ValidationRow(
    String strategy, double liveMs, double predictedMs, double simulatedMs) {

  /** Puts the runs of one strategy side by side. */
  public static ValidationRow of(
      StreamSummary live, StreamSummary predicted, StreamSummary simulated) {
    return new ValidationRow(
        live.strategy(), live.latencyMs(), predicted.latencyMs(), simulated.latencyMs());
  }

  /** Of the prediction, relative to the live run; positive where the simulator is too slow. */
  double predictedError() {
    return predictedMs / liveMs - 1;
  }

  /** The same of the simulation. */
  double simulatedError() {
    return simulatedMs / liveMs - 1;
  }
}
