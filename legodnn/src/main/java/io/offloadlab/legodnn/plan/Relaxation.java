package io.offloadlab.legodnn.plan;

/**
 * The Lagrangian relaxation of a chain for given {@link Prices}: without budgets a shortest path is
 * left. Its length, less what the budgets are worth, is a lower bound on every plan; its
 * completions bound every partial plan.
 */
final class Relaxation {
  private final Prices prices;
  private final long[][] completion;
  private final int[][] bestVariant;
  private final int[][] bestNext;
  private final int firstNode;
  private final long price;

  /**
   * @param candidates what may be chosen
   */
  Relaxation(Chain chain, Prices prices, Candidates candidates) {
    this.prices = prices;
    int pieces = chain.pieces();
    int nodes = chain.nodes();
    completion = new long[pieces][nodes];
    bestVariant = new int[pieces][nodes];
    bestNext = new int[pieces][nodes];
    for (int i = 0; i < nodes; i++) {
      completion[pieces - 1][i] = prices.ofHop(pieces, i, chain.source());
    }
    long[] through = new long[nodes];
    for (int b = pieces - 1; b >= 0; b--) {
      for (int j = 0; j < nodes; j++) {
        through[j] =
            completion[b][j] == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : cheapestVariant(b, j, candidates.of(b, j));
        through[j] = through[j] == Long.MAX_VALUE ? through[j] : through[j] + completion[b][j];
      }
      for (int i = 0; b > 0 && i < nodes; i++) {
        int j = cheapestNode(b, i, through);
        bestNext[b - 1][i] = j;
        completion[b - 1][i] = j < 0 ? Long.MAX_VALUE : through[j] + prices.ofHop(b, i, j);
      }
    }
    firstNode = cheapestNode(0, chain.source(), through);
    price =
        firstNode < 0
            ? Long.MAX_VALUE
            : through[firstNode]
                + prices.ofHop(0, chain.source(), firstNode)
                - prices.budgetsWorth();
  }

  /** Price of the relaxed optimum; {@link Long#MAX_VALUE} if the candidates leave no path. */
  long price() {
    return price;
  }

  /** Lower bound on every plan. */
  long bound() {
    return price == Long.MAX_VALUE ? price : prices.asBound(price);
  }

  /**
   * Lower bound on the objective of every plan that continues a partial one; {@link Long#MAX_VALUE}
   * if there is none within the budgets.
   *
   * @param piece last piece placed
   * @param node where
   * @param objective of the partial plan
   * @param use of the partial plan per resource
   */
  long bound(int piece, int node, long objective, long[] use) {
    return prices.bound(objective, use, completion[piece][node]);
  }

  Prices prices() {
    return prices;
  }

  /** Least price of what follows a piece on a node; {@link Long#MAX_VALUE} if nothing can. */
  long completion(int piece, int node) {
    return completion[piece][node];
  }

  /** The relaxed optimum: variants and nodes that need not respect the budgets. */
  Path path() {
    int[] variants = new int[bestNext.length];
    int[] nodes = new int[bestNext.length];
    int at = firstNode;
    for (int b = 0; b < variants.length; b++) {
      nodes[b] = at;
      variants[b] = bestVariant[b][at];
      at = bestNext[b][at];
    }
    return new Path(variants, nodes);
  }

  private long cheapestVariant(int piece, int node, boolean[] allowed) {
    long[] with = prices.of(piece, node);
    long least = Long.MAX_VALUE;
    for (int v = 0; v < allowed.length; v++) {
      if (allowed[v] && with[v] < least) {
        least = with[v];
        bestVariant[piece][node] = v;
      }
    }
    return least;
  }

  private int cheapestNode(int boundary, int from, long[] through) {
    int best = -1;
    long least = Long.MAX_VALUE;
    for (int j = 0; j < through.length; j++) {
      if (through[j] != Long.MAX_VALUE) {
        long with = through[j] + prices.ofHop(boundary, from, j);
        if (with < least) {
          least = with;
          best = j;
        }
      }
    }
    return best;
  }
}
