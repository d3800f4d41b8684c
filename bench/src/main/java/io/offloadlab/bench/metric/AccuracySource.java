package io.offloadlab.bench.metric;

import java.util.Locale;

/** Where an accuracy comes from; they are never mixed in one run. */
public enum AccuracySource {
  /** Predictions of real images against their labels. */
  MEASURED,
  /** The shipped measured profile of the networks that ran, because the images had no labels. */
  PROFILE,
  /** Nowhere: the network has random weights, so that latency alone counts. */
  NONE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
