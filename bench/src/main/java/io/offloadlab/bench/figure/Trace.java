package io.offloadlab.bench.figure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One strategy's stream, as figures need it.
 *
 * @param name of the strategy, and of the run where there are several
 * @param place position of each task in the stream; of long streams not every task is here
 * @param latencyMs of each task
 * @param images of each task
 * @param correct images of each task; negative where that is not known
 * @param parts mean ms of each part of the latency, by title
 * @param decisions how many tasks each decision was taken for, the most frequent first
 * @param accuracy over all images, in 0..1
 * @param sizeMib of the network, mean
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
public record Trace(
    String name,
    double[] place,
    double[] latencyMs,
    double[] images,
    double[] correct,
    Map<String, Double> parts,
    Map<String, Integer> decisions,
    double accuracy,
    double sizeMib) {
  /** Copies the maps. */
  public Trace {
    parts = new LinkedHashMap<>(parts);
    decisions = new LinkedHashMap<>(decisions);
  }

  boolean isLabelled() {
    return correct.length > 0 && correct[0] >= 0;
  }
}
