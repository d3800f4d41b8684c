package io.offloadlab.twin.traffic;

import java.util.Arrays;

/**
 * The last values of a series, in order of size with sums from the smallest on: a question about
 * all of them takes a search instead of a walk.
 */
final class Window {
  private final double[] series;
  private final double[] sorted;
  private final double[] sums;
  private final double[] squares;
  private int size;
  private int next;

  /**
   * @param most values that are kept
   */
  Window(int most) {
    series = new double[most];
    sorted = new double[most];
    sums = new double[most + 1];
    squares = new double[most + 1];
  }

  /**
   * Takes the place of the oldest value when all places are taken.
   *
   * @param value not negative
   */
  void add(double value) {
    int from;
    if (size == series.length) {
      from = Arrays.binarySearch(sorted, 0, size, series[next]);
      System.arraycopy(sorted, from + 1, sorted, from, size - from - 1);
      size--;
    } else {
      from = size;
    }
    int at = Arrays.binarySearch(sorted, 0, size, value);
    at = at < 0 ? -at - 1 : at;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    size++;
    series[next] = value;
    next = (next + 1) % series.length;
    for (int i = Math.min(from, at); i < size; i++) {
      sums[i + 1] = sums[i] + sorted[i];
      squares[i + 1] = squares[i] + sorted[i] * sorted[i];
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Mean of the smaller one of a bound and each value. */
  double meanUpTo(double bound) {
    int below = below(bound);
    return (sums[below] + bound * (size - below)) / size;
  }

  /** Mean of the integrals of the smaller one of x and each value, for x from 0 to a bound. */
  double meanIntegralUpTo(double bound) {
    int below = below(bound);
    double shorter = bound * sums[below] - squares[below] / 2;
    return (shorter + bound * bound / 2 * (size - below)) / size;
  }

  /** How many values are smaller than a bound, or as large. */
  private int below(double bound) {
    int at = Arrays.binarySearch(sorted, 0, size, bound);
    return at < 0 ? -at - 1 : at;
  }
}
