package io.offloadlab.train.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One finished epoch.
 *
 * @param epoch from 1
 * @param epochs of the training at most
 * @param steps of the optimiser so far
 * @param seconds of the epoch, validation included
 * @param figures what was measured, by name, in the order of the columns; equal names in every
 *     epoch
 */
public record EpochReport(
    int epoch, int epochs, long steps, double seconds, Map<String, Double> figures) {
  /** Copies the map in its order. */
  public EpochReport {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
