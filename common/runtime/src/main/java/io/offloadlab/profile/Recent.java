package io.offloadlab.profile;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last few observations of one quantity, told by their median once there are enough. */
final class Recent {
  /** Observations kept: several tasks' worth, so that one disturbed task does not show. */
  static final int KEPT = 63;

  /** Observations that say something. */
  static final int ENOUGH = 9;

  private final Deque<Double> values = new ArrayDeque<>(KEPT);

  void add(double value) {
    if (values.size() == KEPT) {
      values.removeFirst();
    }
    values.addLast(value);
  }

  double medianOr(double before) {
    return values.size() < ENOUGH ? before : Medians.of(values);
  }
}
