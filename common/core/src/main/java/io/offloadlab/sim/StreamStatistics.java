package io.offloadlab.sim;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Sums up a stream as it passes, in memory that does not grow with it: means are exact, quantiles
 * within 0.1% of their value.
 */
public final class StreamStatistics implements Consumer<TaskRecord> {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NANOS_PER_MS = 1e6;
  private static final double FLOPS_PER_MFLOP = 1e6;

  private final ToDoubleFunction<Route> expectedAccuracy;
  private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
  private final IdentityHashMap<Component, Cost> costs = new IdentityHashMap<>();
  private long tasks;
  private long images;
  private double correct;
  private double total;
  private double edge;
  private double cloud;
  private double up;
  private double down;
  private double queue;
  private double mflops;
  private double sizeMib;

  /** Walking a network for its cost takes longer than simulating a task. */
  private record Cost(double mflops, double sizeMib) {
    static Cost of(Component c) {
      return new Cost(c.flops() / FLOPS_PER_MFLOP, c.sizeMib());
    }
  }

  /**
   * @param strategy whose profile gives the accuracy of routes
   */
  public StreamStatistics(OffloadStrategy strategy) {
    this.expectedAccuracy = strategy::expectedAccuracy;
    nanos.setAutoResize(true);
  }

  @Override
  public void accept(TaskRecord r) {
    Latency l = r.latency();
    tasks++;
    images += r.task().batch();
    correct += r.task().batch() * expectedAccuracy.applyAsDouble(r.route());
    total += l.totalMs();
    edge += l.edgeMs();
    cloud += l.cloudMs();
    up += l.uplinkMs();
    down += l.downlinkMs();
    queue += l.queueMs();
    nanos.recordValue(Math.round(l.totalMs() * NANOS_PER_MS));
    for (Hop hop : r.route().hops()) {
      Cost cost = costs.computeIfAbsent(hop.component(), Cost::of);
      mflops += cost.mflops;
      sizeMib += cost.sizeMib;
    }
  }

  /** Number of tasks. */
  public long tasks() {
    return tasks;
  }

  /** What the strategy's profile gives for the networks that ran, over all images, in 0..1. */
  public double expectedAccuracy() {
    return correct / images;
  }

  /** Mean latency and its parts. */
  public Latency mean() {
    return new Latency(
        total / tasks, edge / tasks, cloud / tasks, up / tasks, down / tasks, queue / tasks);
  }

  /**
   * Quantile of the latency.
   *
   * @param q in 0..1
   * @return milliseconds
   */
  public double latencyMs(double q) {
    return nanos.getValueAtPercentile(q * 100) / NANOS_PER_MS;
  }

  /** Mean MFLOPs per image. */
  public double mflops() {
    return mflops / tasks;
  }

  /** Mean size of the network that ran, in MiB. */
  public double sizeMib() {
    return sizeMib / tasks;
  }
}
