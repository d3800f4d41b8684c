package io.offloadlab.bench.metric;

import io.offloadlab.strategy.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one strategy's stream came to: the rows of {@code summary.csv} are read from it.
 *
 * @param strategy its name
 * @param scenario the problem
 * @param tasks number of tasks that came to their end
 * @param accuracy over all images, in 0..1
 * @param source where the accuracy comes from
 * @param expectedAccuracy what the profile gives for the networks that ran, in 0..1
 * @param seconds from the stream's start to its last end; of a sequential stream, the sum of its
 *     tasks' latencies
 * @param planSeconds how long the strategy's first decision took, before the stream
 * @param means per task, of every quantity
 * @param quantiles of those that have declared some
 */
public record StreamSummary(
    String strategy,
    Scenario scenario,
    int tasks,
    double accuracy,
    AccuracySource source,
    double expectedAccuracy,
    double seconds,
    double planSeconds,
    Map<Quantity, Double> means,
    Map<Quantity, Quantiles> quantiles) {
  /** Copies the maps. */
  public StreamSummary {
    means = Map.copyOf(means);
    quantiles = Map.copyOf(quantiles);
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
    new Results(strategy, List.of(this))
        .sheet()
        .filed()
        .values()
        .forEach(c -> values.put(c.name(), c.get(0)));
    return values;
  }
}
