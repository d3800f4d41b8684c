package io.offloadlab.strategy;

import java.util.List;

/**
 * How far a task has come when an {@link AdaptiveStrategy} is asked about it: what its device knows
 * without asking anybody, and what the cloud last said of itself.
 *
 * @param task what is to be classified
 * @param done components that have run, in order; empty before the first
 * @param holding whether the task holds the processor of the node it is on; false when it has just
 *     arrived and would have to wait
 * @param nowSeconds time of the question, from the start of the stream
 * @param arrivedSeconds when the task arrived, on the same clock
 * @param startedSeconds when it first got a processor; not a number before that
 * @param device what the processor of the task's device does, as far as others are concerned
 * @param uplinkBacklogSeconds until the device's uplink is free
 * @param cloudBacklogSeconds of compute that waits or runs at the cloud
 * @param entropies of the class probabilities per sample of the batch, in nats, when the last
 *     component that ran was an exit as a side branch; else empty, as where nothing is inferred
 */
public record TaskProgress(
    Task task,
    List<Hop> done,
    boolean holding,
    double nowSeconds,
    double arrivedSeconds,
    double startedSeconds,
    DeviceStatus device,
    double uplinkBacklogSeconds,
    double cloudBacklogSeconds,
    List<Double> entropies) {
  /** Copies the lists. */
  public TaskProgress {
    done = List.copyOf(done);
    entropies = List.copyOf(entropies);
  }
}
