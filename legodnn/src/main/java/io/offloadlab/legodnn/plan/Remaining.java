package io.offloadlab.legodnn.plan;

/**
 * The least and the most of each resource that can still be used after a piece on a node, whatever
 * is chosen: what tells early that a partial plan cannot stay within a budget, or cannot exceed it.
 */
final class Remaining {
  private final long[][][] least;
  private final long[][][] most;
  private final long[][] smallest;

  Remaining(Chain chain, Candidates candidates) {
    int resources = chain.resources().length;
    least = new long[resources][][];
    most = new long[resources][][];
    smallest = new long[resources][];
    for (int r = 0; r < resources; r++) {
      least[r] = extreme(chain, chain.resources()[r], candidates, 1);
      most[r] = extreme(chain, chain.resources()[r], candidates, -1);
      smallest[r] = smallest(chain, chain.resources()[r], candidates);
    }
  }

  long least(int resource, int piece, int node) {
    return least[resource][piece][node];
  }

  long most(int resource, int piece, int node) {
    return most[resource][piece][node];
  }

  /** Least positive use of any candidate after a piece. */
  long smallest(int resource, int piece) {
    return smallest[resource][piece];
  }

  private static long[] smallest(Chain chain, Chain.Resource r, Candidates candidates) {
    long[] after = new long[chain.pieces()];
    after[chain.pieces() - 1] = Long.MAX_VALUE;
    for (int b = chain.pieces() - 1; b > 0; b--) {
      after[b - 1] = after[b];
      for (int i = 0; i < chain.nodes(); i++) {
        boolean[] allowed = candidates.of(b, i);
        for (int v = 0; v < allowed.length; v++) {
          long use = r.use(b, i, v);
          if (allowed[v] && use > 0) {
            after[b - 1] = Math.min(after[b - 1], use);
          }
        }
      }
    }
    return after;
  }

  /** Least use for sign 1, most for -1. */
  private static long[][] extreme(Chain chain, Chain.Resource r, Candidates candidates, int sign) {
    int nodes = chain.nodes();
    int last = chain.pieces() - 1;
    long[][] after = new long[chain.pieces()][nodes];
    for (int i = 0; i < nodes; i++) {
      after[last][i] = r.hop(last + 1, i, chain.source());
    }
    for (int b = last; b > 0; b--) {
      long[] through = new long[nodes];
      for (int j = 0; j < nodes; j++) {
        through[j] = Long.MAX_VALUE;
        boolean[] allowed = candidates.of(b, j);
        for (int v = 0; v < allowed.length; v++) {
          if (allowed[v]) {
            through[j] = Math.min(through[j], sign * (r.use(b, j, v) + after[b][j]));
          }
        }
      }
      for (int i = 0; i < nodes; i++) {
        long best = Long.MAX_VALUE;
        for (int j = 0; j < nodes; j++) {
          if (through[j] != Long.MAX_VALUE) {
            best = Math.min(best, through[j] + sign * r.hop(b, i, j));
          }
        }
        // Where nothing is left to choose the bounds have already ruled the piece out.
        after[b - 1][i] = best == Long.MAX_VALUE ? 0 : sign * best;
      }
    }
    return after;
  }
}
