package io.offloadlab.legodnn.plan;

/**
 * The Lagrangian relaxation of a chain for one vector of multipliers: budgets are replaced by a
 * price per unit used, which leaves a shortest path. Its length, less what the budgets are worth,
 * is a lower bound on every plan; its completions bound every partial plan.
 *
 * <p>Multipliers are whole numbers, so bounds are exact and may be compared with a plan's value.
 */
final class Relaxation {
  private final Chain chain;
  private final long[] multipliers;
  private final long budgetsWorth;
  private final long[][] completion;
  private final int[][] bestVariant;
  private final int[][] bestNext;
  private final int firstNode;
  private final long bound;

  /**
   * @param multipliers price per unit of each resource, not negative, small enough that no sum
   *     overflows (see {@link Multipliers})
   * @param options what may be chosen
   */
  Relaxation(Chain chain, long[] multipliers, Options options) {
    this.chain = chain;
    this.multipliers = multipliers.clone();
    long worth = 0;
    for (int r = 0; r < multipliers.length; r++) {
      worth += multipliers[r] * chain.resources()[r].budget();
    }
    this.budgetsWorth = worth;
    int pieces = chain.pieces();
    int nodes = chain.nodes();
    completion = new long[pieces][nodes];
    bestVariant = new int[pieces][nodes];
    bestNext = new int[pieces][nodes];
    for (int i = 0; i < nodes; i++) {
      completion[pieces - 1][i] = priceOfHop(pieces, i, chain.source());
    }
    long[] through = new long[nodes];
    for (int b = pieces - 1; b >= 0; b--) {
      for (int j = 0; j < nodes; j++) {
        through[j] = cheapestVariant(b, j, options);
        through[j] = through[j] == Long.MAX_VALUE ? through[j] : through[j] + completion[b][j];
      }
      if (b > 0) {
        for (int i = 0; i < nodes; i++) {
          bestNext[b - 1][i] = cheapestNode(b, i, through);
          int j = bestNext[b - 1][i];
          completion[b - 1][i] = j < 0 ? Long.MAX_VALUE : through[j] + priceOfHop(b, i, j);
        }
      }
    }
    firstNode = cheapestNode(0, chain.source(), through);
    bound =
        firstNode < 0
            ? Long.MAX_VALUE
            : through[firstNode] + priceOfHop(0, chain.source(), firstNode) - worth;
  }

  /** Lower bound on every plan; {@link Long#MAX_VALUE} if the options leave none. */
  long bound() {
    return bound;
  }

  /**
   * Lower bound on every plan that continues a partial one.
   *
   * @param piece last piece placed
   * @param node where
   * @param objective of the partial plan
   * @param use of the partial plan per resource
   */
  long bound(int piece, int node, long objective, long[] use) {
    long rest = completion[piece][node];
    if (rest == Long.MAX_VALUE) {
      return rest;
    }
    long price = objective + rest - budgetsWorth;
    for (int r = 0; r < multipliers.length; r++) {
      price += multipliers[r] * use[r];
    }
    return price;
  }

  /** Objective and price of a variant on a node. */
  long price(int piece, int variant, int node) {
    long price = chain.objective()[piece][variant][node];
    for (int r = 0; r < multipliers.length; r++) {
      price += multipliers[r] * chain.resources()[r].use()[piece][variant][node];
    }
    return price;
  }

  /** Objective and price of a hop. */
  long priceOfHop(int boundary, int from, int to) {
    long price = chain.hop()[boundary][from][to];
    for (int r = 0; r < multipliers.length; r++) {
      price += multipliers[r] * chain.resources()[r].hop(boundary, from, to);
    }
    return price;
  }

  /** Least price of what follows a piece on a node; {@link Long#MAX_VALUE} if nothing can. */
  long completion(int piece, int node) {
    return completion[piece][node];
  }

  /** What the budgets are worth at these prices. */
  long budgetsWorth() {
    return budgetsWorth;
  }

  long[] multipliers() {
    return multipliers.clone();
  }

  /** The relaxed optimum: variants and nodes that need not respect the budgets. */
  Path path() {
    int[] variants = new int[chain.pieces()];
    int[] nodes = new int[chain.pieces()];
    int at = firstNode;
    for (int b = 0; b < variants.length; b++) {
      nodes[b] = at;
      variants[b] = bestVariant[b][at];
      at = bestNext[b][at];
    }
    return new Path(variants, nodes);
  }

  private long cheapestVariant(int piece, int node, Options options) {
    long least = Long.MAX_VALUE;
    for (int v = 0; v < chain.variants(piece); v++) {
      if (options.allows(piece, v, node)) {
        long price = price(piece, v, node);
        if (price < least) {
          least = price;
          bestVariant[piece][node] = v;
        }
      }
    }
    return least;
  }

  private int cheapestNode(int boundary, int from, long[] through) {
    int best = -1;
    long least = Long.MAX_VALUE;
    for (int j = 0; j < through.length; j++) {
      if (through[j] == Long.MAX_VALUE) {
        continue;
      }
      long price = through[j] + priceOfHop(boundary, from, j);
      if (price < least) {
        least = price;
        best = j;
      }
    }
    return best;
  }
}
