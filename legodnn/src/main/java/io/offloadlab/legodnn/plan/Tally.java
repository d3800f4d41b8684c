package io.offloadlab.legodnn.plan;

import java.util.Arrays;

/** How often each value of one plan, a node or a variant, was chosen. */
final class Tally {
  private final double[] counts;
  private final boolean[] there;

  /**
   * @param values that there may be, in any order and as often as they come
   */
  Tally(int[] values) {
    int size = Arrays.stream(values).max().orElse(-1) + 1;
    this.counts = new double[size];
    this.there = new boolean[size];
  }

  void add(int value, int times) {
    there[value] = true;
    counts[value] += times;
  }

  /** How many values there are. */
  int kinds() {
    int kinds = 0;
    for (boolean t : there) {
      kinds += t ? 1 : 0;
    }
    return kinds;
  }

  double total() {
    return Arrays.stream(counts).sum();
  }

  double most() {
    return Arrays.stream(counts).max().orElse(0);
  }

  /** The value that was chosen most, the first of equals. */
  int favourite() {
    int favourite = -1;
    for (int value = 0; value < counts.length; value++) {
      if (there[value] && (favourite < 0 || counts[value] > counts[favourite])) {
        favourite = value;
      }
    }
    return favourite;
  }

  /** The mean value, but never the last, so that something is left beyond it. */
  int middle() {
    int first = -1;
    int last = -1;
    double total = 0;
    double sum = 0;
    for (int value = 0; value < counts.length; value++) {
      if (there[value]) {
        first = first < 0 ? value : first;
        last = value;
        total += counts[value] + 1e-3;
        sum += value * (counts[value] + 1e-3);
      }
    }
    return Math.max(first, Math.min(last - 1, (int) (sum / total)));
  }
}
