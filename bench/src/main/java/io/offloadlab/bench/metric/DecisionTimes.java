package io.offloadlab.bench.metric;

import java.util.List;

/**
 * How long a strategy took for its answers, one by one; in memory that does not grow with the
 * stream. May be told by several threads.
 */
public final class DecisionTimes {
  private static final double NANOS_PER_MS = 1e6;

  private Quantiles all = new Quantiles.Sketched();
  private long count;

  /** Those of several streams together. */
  static DecisionTimes of(List<DecisionTimes> each) {
    DecisionTimes together = new DecisionTimes();
    for (DecisionTimes one : each) {
      synchronized (one) {
        together.all.addAll(one.all);
        together.count += one.count;
      }
    }
    return together;
  }

  /** One more answer. */
  public synchronized void add(long nanos) {
    all.add(nanos / NANOS_PER_MS);
    count++;
  }

  /** What was told until now does not count. */
  public synchronized void clear() {
    all = new Quantiles.Sketched();
    count = 0;
  }

  /**
   * Milliseconds within which a share of the answers came; NaN if there were none.
   *
   * @param q in 0..1
   */
  public synchronized double quantileMs(double q) {
    return count == 0 ? Double.NaN : all.at(q);
  }
}
