package io.offloadlab.legodnn.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The price of a run of pieces on one node as a convex function of the memory it may use: the least
 * memory with its price, and what more memory buys, the best bargains first. This is the linear
 * relaxation of a multiple-choice knapsack (Sinha and Zoltners, "The Multiple-Choice Knapsack
 * Problem", Operations Research 1979).
 */
@SuppressWarnings("ArrayRecordComponent")
record SlopeList(long memory, long price, long[] more, long[] gain) {
  private static final SlopeList IMPOSSIBLE =
      new SlopeList(0, Long.MAX_VALUE, new long[0], new long[0]);

  /**
   * Of one piece: the lower convex hull of its variants.
   *
   * @param use memory per variant; null for none
   * @param prices per variant
   * @param allowed per variant
   */
  static SlopeList of(long[] use, long[] prices, boolean[] allowed) {
    long[][] points =
        IntStream.range(0, allowed.length)
            .filter(v -> allowed[v])
            .mapToObj(v -> new long[] {use == null ? 0 : use[v], prices[v]})
            .sorted(Comparator.comparingLong((long[] p) -> p[0]).thenComparingLong(p -> p[1]))
            .toArray(long[][]::new);
    if (points.length == 0) {
      return IMPOSSIBLE;
    }
    long[] more = new long[points.length];
    long[] gain = new long[points.length];
    int steps = 0;
    for (int at = 0, next; (next = steepest(points, at)) >= 0; at = next) {
      more[steps] = points[next][0] - points[at][0];
      gain[steps++] = points[at][1] - points[next][1];
    }
    return new SlopeList(
        points[0][0], points[0][1], Arrays.copyOf(more, steps), Arrays.copyOf(gain, steps));
  }

  /** The cheaper point that most is gained by going to, per memory; -1 if there is none. */
  private static int steepest(long[][] points, int at) {
    int next = -1;
    for (int p = at + 1; p < points.length; p++) {
      boolean cheaper = points[p][0] > points[at][0] && points[p][1] < points[at][1];
      if (cheaper && (next < 0 || slope(points, at, p) >= slope(points, at, next))) {
        next = p;
      }
    }
    return next;
  }

  private static double slope(long[][] points, int from, int to) {
    return (double) (points[from][1] - points[to][1]) / (points[to][0] - points[from][0]);
  }

  /**
   * A run followed by another.
   *
   * @param hop price of going from one to the other
   */
  SlopeList with(SlopeList next, long hop) {
    if (price == Long.MAX_VALUE || next.price == Long.MAX_VALUE) {
      return IMPOSSIBLE;
    }
    int n = more.length + next.more.length;
    long[] m = new long[n];
    long[] g = new long[n];
    int i = 0;
    int j = 0;
    for (int k = 0; k < n; k++) {
      boolean mine =
          j == next.more.length
              || (i < more.length
                  && (double) gain[i] * next.more[j] >= (double) next.gain[j] * more[i]);
      m[k] = mine ? more[i] : next.more[j];
      g[k] = mine ? gain[i++] : next.gain[j++];
    }
    return new SlopeList(memory + next.memory, price + hop + next.price, m, g);
  }

  /** A lower bound on the price within some memory; {@link Long#MAX_VALUE} if it does not fit. */
  long least(long room) {
    if (price == Long.MAX_VALUE || memory > room) {
      return Long.MAX_VALUE;
    }
    long left = room - memory;
    long least = price;
    for (int k = 0; k < more.length; k++) {
      if (more[k] > left) {
        double part = (double) gain[k] * left / more[k];
        // Slopes are compared and cut in floating point: stay on the safe side of its rounding.
        long safe = (Math.abs(price) >> 40) + 1;
        return least - (long) Math.min((double) gain[k], Math.ceil(part)) - safe;
      }
      left -= more[k];
      least -= gain[k];
    }
    return least;
  }
}
