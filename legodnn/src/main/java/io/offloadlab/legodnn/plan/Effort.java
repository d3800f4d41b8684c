package io.offloadlab.legodnn.plan;

/**
 * What may still be spent on a search, counted in sums and comparisons: unlike a time, it is the
 * same on every machine, and so are the plans.
 */
final class Effort {
  /** About a second. */
  static final long SECOND = 500_000_000;

  private long left;

  Effort(long all) {
    this.left = all;
  }

  long left() {
    return Math.max(0, left);
  }

  void spend(long some) {
    left -= some;
  }

  boolean isSpent() {
    return left <= 0;
  }
}
