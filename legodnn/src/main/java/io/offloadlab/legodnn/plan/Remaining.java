package io.offloadlab.legodnn.plan;

/**
 * The least and the most of each resource that can still be used after a piece on a node, whatever
 * is chosen: what tells early that a partial plan cannot stay within a budget, or cannot exceed it.
 */
final class Remaining {
  private final long[][][] least;
  private final long[][][] most;

  Remaining(Chain chain, Options options) {
    int resources = chain.resources().length;
    least = new long[resources][][];
    most = new long[resources][][];
    for (int r = 0; r < resources; r++) {
      least[r] = extreme(chain, chain.resources()[r], options, 1);
      most[r] = extreme(chain, chain.resources()[r], options, -1);
    }
  }

  long least(int resource, int piece, int node) {
    return least[resource][piece][node];
  }

  long most(int resource, int piece, int node) {
    return most[resource][piece][node];
  }

  /** Least use for sign 1, most for -1. */
  private static long[][] extreme(Chain chain, Chain.Resource r, Options options, int sign) {
    int nodes = chain.nodes();
    int last = chain.pieces() - 1;
    long[][] after = new long[chain.pieces()][nodes];
    for (int i = 0; i < nodes; i++) {
      after[last][i] = r.hop(last + 1, i, chain.source());
    }
    for (int b = last; b > 0; b--) {
      for (int i = 0; i < nodes; i++) {
        long best = Long.MAX_VALUE;
        for (int j = 0; j < nodes; j++) {
          for (int v = 0; v < chain.variants(b); v++) {
            if (options.allows(b, v, j)) {
              long total = r.hop(b, i, j) + r.use()[b][v][j] + after[b][j];
              best = Math.min(best, sign * total);
            }
          }
        }
        // Where nothing is left to choose the bounds have already ruled the piece out.
        after[b - 1][i] = best == Long.MAX_VALUE ? 0 : sign * best;
      }
    }
    return after;
  }
}
