package io.offloadlab.legodnn.plan;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A planning problem in whole numbers: a shortest path through a chain of layers, in each of which
 * a node and a variant are chosen, that respects budgets on several resources. Whole numbers make
 * sums exact, so that equal plans compare as equal whatever the order of summation.
 *
 * @param source node before the first and after the last piece
 * @param objective {@code [piece][node][variant]}; {@link #ABSENT} for what cannot be chosen
 * @param hop {@code [boundary][from][to]} of the objective
 * @param resources what is limited
 * @param nodesFirst whether the search should split by node as long as it can
 * @param axes what the search splits by
 */
@SuppressWarnings("ArrayRecordComponent")
record Chain(
    int source,
    long[][][] objective,
    long[][][] hop,
    Resource[] resources,
    boolean nodesFirst,
    Axes axes) {
  /** Most that a plan's objective can be; leaves room for as much again per resource. */
  static final int OBJECTIVE_BITS = 56;

  /** What every path's objective is below. */
  static final long MOST = 1L << (OBJECTIVE_BITS + 1);

  /** Objective of what cannot be chosen. */
  static final long ABSENT = Long.MAX_VALUE;

  /** A chain of one plan. */
  Chain(
      int source, long[][][] objective, long[][][] hop, Resource[] resources, boolean nodesFirst) {
    this(source, objective, hop, resources, nodesFirst, Axes.single(objective, hop[0].length));
  }

  /**
   * How nodes and variants are told apart: a chain of several plans side by side has tuples of
   * nodes and tuples of variants, which are split by one plan's at a time.
   *
   * @param node {@code [plan][node]} of the chain: the plan's own
   * @param variant {@code [piece][plan][variant]} of the chain: the plan's own
   */
  record Axes(int[][] node, int[][][] variant) {
    static Axes single(long[][][] objective, int nodes) {
      return new Axes(
          new int[][] {upTo(nodes)},
          Arrays.stream(objective)
              .map(piece -> new int[][] {upTo(piece[0].length)})
              .toArray(int[][][]::new));
    }

    private static int[] upTo(int count) {
      return IntStream.range(0, count).toArray();
    }

    /** Number of plans side by side. */
    int plans() {
      return node.length;
    }
  }

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

  /** Whether a node can run a variant at all. */
  boolean has(int piece, int node, int variant) {
    return objective[piece][node][variant] != ABSENT;
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

  /** How many sums it takes to price all of it. */
  long steps() {
    long steps = 0;
    for (int b = 0; b < pieces(); b++) {
      steps += (long) nodes() * (nodes() + (long) variants(b) * (1 + resources.length));
    }
    return steps;
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
