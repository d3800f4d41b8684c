package io.offloadlab.bench.metric;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.TaskRecord;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Sums up a stream as it passes: of every quantity the mean, and quantiles where declared. */
public final class StreamFold implements Consumer<TaskRecord> {
  private final ToDoubleFunction<Route> expectedAccuracy;
  private final Scalar[] scalars;
  private final Quantity.OfComponents[] costs;
  private final double[] costSums;
  private final IdentityHashMap<Component, double[]> costsOf = new IdentityHashMap<>();
  private int tasks;
  private long images;
  private long correct;
  private final BitSet seen = new BitSet();
  private boolean labelled = true;
  private double expectedCorrect;

  private static final class Scalar {
    private final Quantity.OfTask quantity;
    private final Quantiles quantiles;
    private double sum;

    Scalar(Quantity.OfTask quantity, Quantiles quantiles) {
      this.quantity = quantity;
      this.quantiles = quantiles;
    }
  }

  private StreamFold(OffloadStrategy strategy, Supplier<Quantiles> quantiles) {
    this.expectedAccuracy = strategy::expectedAccuracy;
    List<Metric> metrics = Metrics.all().stream().filter(m -> m.quantity() != null).toList();
    this.scalars =
        metrics.stream()
            .filter(m -> m.quantity() instanceof Quantity.OfTask)
            .map(
                m ->
                    new Scalar(
                        (Quantity.OfTask) m.quantity(), m.hasQuantiles() ? quantiles.get() : null))
            .toArray(Scalar[]::new);
    this.costs =
        metrics.stream()
            .map(Metric::quantity)
            .filter(Quantity.OfComponents.class::isInstance)
            .toArray(Quantity.OfComponents[]::new);
    this.costSums = new double[costs.length];
  }

  /** Quantiles are exact, so that memory grows with the stream: for what runs live. */
  public static StreamFold exact(OffloadStrategy strategy) {
    return new StreamFold(strategy, Quantiles.Exact::new);
  }

  /** Quantiles are within 0.1% of their value and memory does not grow with the stream. */
  public static StreamFold sketching(OffloadStrategy strategy) {
    return new StreamFold(strategy, Quantiles.Sketched::new);
  }

  @Override
  public void accept(TaskRecord r) {
    tasks++;
    images += r.task().batch();
    r.task().images().forEach(seen::set);
    expectedCorrect += r.task().batch() * expectedAccuracy.applyAsDouble(r.route());
    if (r.labels().isEmpty()) {
      labelled = false;
    } else {
      correct += r.correct();
    }
    for (Scalar s : scalars) {
      double value = s.quantity.of(r);
      s.sum += value;
      if (s.quantiles != null) {
        s.quantiles.add(value);
      }
    }
    for (Hop hop : r.route().hops()) {
      double[] own = costsOf(hop.component());
      for (int i = 0; i < own.length; i++) {
        costSums[i] += own[i];
      }
    }
  }

  /** A strategy that expects no number runs a network that was never measured. */
  private AccuracySource source(double expected) {
    if (labelled) {
      return AccuracySource.MEASURED;
    }
    return Double.isNaN(expected) ? AccuracySource.NONE : AccuracySource.PROFILE;
  }

  /** Walking a network for its cost takes longer than simulating a task. */
  private double[] costsOf(Component c) {
    double[] known = costsOf.get(c);
    if (known == null) {
      known = new double[costs.length];
      for (int i = 0; i < costs.length; i++) {
        known[i] = costs[i].value().applyAsDouble(c) / costs[i].unit();
      }
      costsOf.put(c, known);
    }
    return known;
  }

  /**
   * What the stream came to.
   *
   * @param strategy its name
   * @param scenario the problem
   * @param seconds from the stream's start to its last end
   * @param planSeconds how long the strategy's first decision took, before the stream
   * @param decisions how long every other one took
   * @throws IllegalArgumentException if there were no tasks
   */
  public StreamSummary summary(
      String strategy,
      Scenario scenario,
      double seconds,
      double planSeconds,
      DecisionTimes decisions) {
    if (tasks == 0) {
      throw new IllegalArgumentException("strategy '%s' has no records".formatted(strategy));
    }
    Map<Quantity, Double> means = new HashMap<>();
    Map<Quantity, Quantiles> quantiles = new HashMap<>();
    for (Scalar s : scalars) {
      means.put(s.quantity, s.sum / tasks);
      if (s.quantiles != null) {
        quantiles.put(s.quantity, s.quantiles);
      }
    }
    for (int i = 0; i < costs.length; i++) {
      means.put(costs[i], costSums[i] / tasks);
    }
    double expected = expectedCorrect / images;
    Answers answers = new Answers(images, correct, seen);
    return new StreamSummary(
        strategy,
        scenario,
        1,
        tasks,
        answers,
        source(expected),
        expected,
        seconds,
        planSeconds,
        decisions,
        means,
        quantiles,
        Samples.NONE,
        List.of(means.get(Metrics.LATENCY)),
        List.of());
  }
}
