package io.offloadlab.bench.metric;

import io.offloadlab.strategy.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one strategy's stream came to: the rows of {@code summary.csv} are read from it.
 *
 * @param strategy its name
 * @param scenario the problem
 * @param tasks number of tasks that came to their end
 * @param accuracy over all images, in 0..1
 * @param source where the accuracy comes from
 * @param accuracyLow lower end of the accuracy's 95% interval (Wilson's score interval); NaN where
 *     it was not measured
 * @param accuracyHigh upper end of it
 * @param expectedAccuracy what the profile gives for the networks that ran, in 0..1
 * @param seconds from the stream's start to its last end; of a sequential stream, the sum of its
 *     tasks' latencies
 * @param planSeconds how long the strategy's first decision took, before the stream
 * @param means per task, of every quantity
 * @param quantiles of those that have declared some
 * @param findings what the referee has against it
 */
public record StreamSummary(
    String strategy,
    Scenario scenario,
    int tasks,
    double accuracy,
    AccuracySource source,
    double accuracyLow,
    double accuracyHigh,
    double expectedAccuracy,
    double seconds,
    double planSeconds,
    Map<Quantity, Double> means,
    Map<Quantity, Quantiles> quantiles,
    List<Finding> findings) {
  /** Copies maps and list. */
  public StreamSummary {
    means = Map.copyOf(means);
    quantiles = Map.copyOf(quantiles);
    findings = List.copyOf(findings);
  }

  /** The same with what the referee found. */
  public StreamSummary with(List<Finding> found) {
    return new StreamSummary(
        strategy,
        scenario,
        tasks,
        accuracy,
        source,
        accuracyLow,
        accuracyHigh,
        expectedAccuracy,
        seconds,
        planSeconds,
        means,
        quantiles,
        found);
  }

  /** Whether the referee found something that a strict run fails for. */
  public boolean isFaulted() {
    return findings.stream().anyMatch(f -> f.mark().failsStrictRuns());
  }

  /** The referee's marks, for a table. */
  public String marks() {
    return findings.isEmpty()
        ? "ok"
        : findings.stream()
            .map(f -> f.mark().toString())
            .distinct()
            .collect(Collectors.joining(", "));
  }

  double threshold() {
    return scenario.accuracyThreshold();
  }

  double mean(Quantity of) {
    return means.get(of);
  }

  double quantile(Quantity of, double q) {
    return quantiles.get(of).at(q);
  }

  /** Mean latency. */
  public double latencyMs() {
    return mean(Metrics.LATENCY);
  }

  /** Its line of {@code summary.csv}, by column. */
  public Map<String, Object> filed() {
    Map<String, Object> values = new LinkedHashMap<>();
    new Results(List.of(), ImageUse.ALL, strategy, List.of(this))
        .sheet()
        .filed()
        .values()
        .forEach(c -> values.put(c.name(), c.get(0)));
    return values;
  }
}
