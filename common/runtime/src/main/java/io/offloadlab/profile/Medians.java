package io.offloadlab.profile;

import java.util.Collection;

/** The middle of a few measurements, which a single disturbed one does not move. */
public final class Medians {
  private Medians() {}

  /**
   * The median; of an even number the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static double of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the median of nothing");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
