package io.offloadlab.legodnn.plan;

import java.util.Arrays;

/**
 * A planning problem in whole numbers: a shortest path through a chain of layers, in each of which
 * a node and a variant are chosen, that respects budgets on several resources. Whole numbers make
 * sums exact, so that equal plans compare as equal whatever the order of summation.
 *
 * @param source node before the first and after the last piece
 * @param objective {@code [piece][variant][node]}
 * @param hop {@code [boundary][from][to]} of the objective
 * @param resources what is limited
 */
@SuppressWarnings("ArrayRecordComponent")
record Chain(int source, long[][][] objective, long[][][] hop, Resource[] resources) {
  /** Most that a plan's objective can be; leaves room for as much again per resource. */
  static final int OBJECTIVE_BITS = 56;

  /**
   * One limited resource.
   *
   * @param use {@code [piece][variant][node]}; may be negative
   * @param hop {@code [boundary][from][to]}, or null if moving uses none of it
   * @param budget most that may be used
   */
  record Resource(long[][][] use, long[][][] hop, long budget) {
    long hop(int boundary, int from, int to) {
      return hop == null ? 0 : hop[boundary][from][to];
    }
  }

  int pieces() {
    return objective.length;
  }

  int nodes() {
    return hop[0].length;
  }

  int variants(int piece) {
    return objective[piece].length;
  }

  /** The same chain with one variant per piece, the first. */
  Chain firstVariants() {
    Resource[] first = new Resource[resources.length];
    for (int r = 0; r < first.length; r++) {
      first[r] =
          new Resource(firstOf(resources[r].use()), resources[r].hop(), resources[r].budget());
    }
    return new Chain(source, firstOf(objective), hop, first);
  }

  private static long[][][] firstOf(long[][][] variants) {
    return Arrays.stream(variants).map(v -> new long[][] {v[0]}).toArray(long[][][]::new);
  }
}
