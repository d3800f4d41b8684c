package io.offloadlab.bench.metric;

import java.util.Locale;

/** Where an accuracy comes from; the two are never mixed in one run. */
public enum AccuracySource {
  /** Predictions of real images against their labels. */
  MEASURED,
  /** The shipped measured profile of the networks that ran, because the images had no labels. */
  PROFILE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
