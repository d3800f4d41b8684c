package io.offloadlab.bench.metric;

import io.offloadlab.strategy.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one strategy's stream came to, or its streams of several repeats together: the rows of
 * {@code summary.csv} are read from it.
 *
 * @param strategy name of its entry
 * @param scenario the problem; of several repeats that of the first
 * @param repeat number of the repeat, from 1; 0 for several together
 * @param tasks number of tasks that came to their end
 * @param answers what was classified as labelled; as if labelled where the source is the profile
 * @param source where the accuracy comes from
 * @param expectedAccuracy what the profile gives for the networks that ran, in 0..1
 * @param seconds from the stream's start to its last end; of a sequential stream, the sum of its
 *     tasks' latencies
 * @param planSeconds how long the strategy's first decision took, before the stream
 * @param decisions how long every other one took
 * @param means per task, of every quantity
 * @param quantiles of those that have declared some
 * @param samples latencies of single tasks
 * @param repeatMeans mean latency of every repeat
 * @param findings what the referee has against it
 */
public record StreamSummary(
    String strategy,
    Scenario scenario,
    int repeat,
    int tasks,
    Answers answers,
    AccuracySource source,
    double expectedAccuracy,
    double seconds,
    double planSeconds,
    DecisionTimes decisions,
    Map<Quantity, Double> means,
    Map<Quantity, Quantiles> quantiles,
    Samples samples,
    List<Double> repeatMeans,
    List<Finding> findings) {
  /** Copies maps and lists. */
  public StreamSummary {
    means = Map.copyOf(means);
    quantiles = Map.copyOf(quantiles);
    repeatMeans = List.copyOf(repeatMeans);
    findings = List.copyOf(findings);
  }

  /**
   * Several repeats of one strategy together: sums and means over all of their tasks.
   *
   * @param each in their order, at least one
   */
  public static StreamSummary of(List<StreamSummary> each) {
    StreamSummary first = each.get(0);
    if (each.size() == 1) {
      return first;
    }
    int tasks = each.stream().mapToInt(StreamSummary::tasks).sum();
    Answers answers = Answers.of(each.stream().map(StreamSummary::answers).toList());
    Map<Quantity, Double> means = new HashMap<>();
    first
        .means
        .keySet()
        .forEach(
            q -> means.put(q, each.stream().mapToDouble(s -> s.mean(q) * s.tasks).sum() / tasks));
    Map<Quantity, Quantiles> quantiles = new HashMap<>();
    first
        .quantiles
        .keySet()
        .forEach(
            q ->
                quantiles.put(
                    q, Quantiles.of(each.stream().map(s -> s.quantiles.get(q)).toList())));
    return new StreamSummary(
        first.strategy,
        first.scenario,
        0,
        tasks,
        answers,
        first.source,
        each.stream().mapToDouble(s -> s.expectedAccuracy * s.answers.images()).sum()
            / answers.images(),
        each.stream().mapToDouble(StreamSummary::seconds).sum(),
        each.stream().mapToDouble(StreamSummary::planSeconds).average().orElse(0),
        DecisionTimes.of(each.stream().map(StreamSummary::decisions).toList()),
        means,
        quantiles,
        Samples.of(each.stream().map(StreamSummary::samples).toList()),
        each.stream().flatMap(s -> s.repeatMeans.stream()).toList(),
        List.of());
  }

  /** The same with what the referee found. */
  public StreamSummary with(List<Finding> found) {
    return new StreamSummary(
        strategy,
        scenario,
        repeat,
        tasks,
        answers,
        source,
        expectedAccuracy,
        seconds,
        planSeconds,
        decisions,
        means,
        quantiles,
        samples,
        repeatMeans,
        found);
  }

  /**
   * The same as one of several repeats.
   *
   * @param number of the repeat, from 1
   * @param single latencies of its tasks
   */
  public StreamSummary with(int number, Samples single) {
    return new StreamSummary(
        strategy,
        scenario,
        number,
        tasks,
        answers,
        source,
        expectedAccuracy,
        seconds,
        planSeconds,
        decisions,
        means,
        quantiles,
        single,
        repeatMeans,
        findings);
  }

  /** Over all images, in 0..1. */
  public double accuracy() {
    return source == AccuracySource.MEASURED ? answers.accuracy() : expectedAccuracy;
  }

  /** Of the accuracy (Wilson's score interval); unknown where it was not measured. */
  public Interval accuracyInterval() {
    return source == AccuracySource.MEASURED ? answers.interval() : Interval.UNKNOWN;
  }

  /**
   * Different images that it takes to know the accuracy to so much to either side; 0 where it is
   * known to that already, or not measured.
   *
   * @param halfWidth in 0..1
   */
  public long imagesFor(double halfWidth) {
    Interval now = accuracyInterval();
    return now.isKnown() && now.high() - now.low() > 2 * halfWidth
        ? answers.imagesFor(halfWidth)
        : 0;
  }

  /** Different images that it classified. */
  public long distinctImages() {
    return answers.distinct().cardinality();
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

  /** Its line of {@code summary.csv}, by column, as if nobody else had taken part. */
  public Map<String, Object> filed() {
    return filed(ImageUse.ALL);
  }

  /**
   * The same, with the images that chose and those that report.
   *
   * @param use which they are
   */
  public Map<String, Object> filed(ImageUse use) {
    return new Results(List.of(), use, "", List.of(this)).filed().get(0);
  }
}
