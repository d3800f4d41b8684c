package io.offloadlab.legodnn.plan;

import java.util.Arrays;

/**
 * A planning problem in whole numbers: a shortest path through a chain of layers, in each of which
 * a node and a variant are chosen, that respects budgets on several resources. Whole numbers make
 * sums exact, so that equal plans compare as equal whatever the order of summation.
 *
 * @param source node before the first and after the last piece
 * @param objective {@code [piece][node][variant]}
 * @param hop {@code [boundary][from][to]} of the objective
 * @param resources what is limited
 * @param nodesFirst whether the search should split by node as long as it can
 */
@SuppressWarnings("ArrayRecordComponent")
record Chain(
    int source, long[][][] objective, long[][][] hop, Resource[] resources, boolean nodesFirst) {
  /** Most that a plan's objective can be; leaves room for as much again per resource. */
  static final int OBJECTIVE_BITS = 56;

  /**
   * One limited resource.
   *
   * @param use {@code [piece][node][variant]}; may be negative; null for a piece and node where no
   *     variant uses any
   * @param hop {@code [boundary][from][to]}, or null if moving uses none of it
   * @param budget most that may be used
   * @param kind what it is
   */
  record Resource(long[][][] use, long[][][] hop, long budget, Kind kind) {
    long use(int piece, int node, int variant) {
      long[] variants = use[piece][node];
      return variants == null ? 0 : variants[variant];
    }

    long hop(int boundary, int from, int to) {
      return hop == null ? 0 : hop[boundary][from][to];
    }
  }

  /** What a resource is. */
  enum Kind {
    /** One node's memory: uses are not negative. */
    MEMORY,
    /** The memory of all nodes together, which their budgets imply. */
    ALL_MEMORY,
    /** Accuracy. */
    COST,
    /** Latency beyond a limit. */
    LATENCY,
    /** Size of the network. */
    SIZE
  }

  int pieces() {
    return objective.length;
  }

  int nodes() {
    return hop[0].length;
  }

  int variants(int piece) {
    return objective[piece][0].length;
  }

  /** The same chain with the first variant of each piece alone, whatever it costs. */
  Chain originals() {
    Resource[] first =
        Arrays.stream(resources)
            .filter(r -> r.kind() != Kind.COST)
            .map(r -> new Resource(firstOf(r.use()), r.hop(), r.budget(), r.kind()))
            .toArray(Resource[]::new);
    return new Chain(source, firstOf(objective), hop, first, nodesFirst);
  }

  private static long[][][] firstOf(long[][][] all) {
    return Arrays.stream(all)
        .map(
            nodes ->
                Arrays.stream(nodes)
                    .map(v -> v == null ? null : new long[] {v[0]})
                    .toArray(long[][]::new))
        .toArray(long[][][]::new);
  }
}
