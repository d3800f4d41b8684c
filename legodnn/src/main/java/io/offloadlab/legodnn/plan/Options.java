package io.offloadlab.legodnn.plan;

import java.util.List;

/**
 * The variants that may still be chosen, per piece and node: all but those that another one is at
 * least as good as in every respect, and, as the search goes on, those that provably lead to no
 * better plan.
 */
final class Options {
  private final boolean[][][] allowed;

  Options(Chain chain) {
    allowed = new boolean[chain.pieces()][][];
    for (int b = 0; b < allowed.length; b++) {
      allowed[b] = new boolean[chain.variants(b)][chain.nodes()];
      for (int v = 0; v < allowed[b].length; v++) {
        for (int i = 0; i < chain.nodes(); i++) {
          allowed[b][v][i] = !isDominated(chain, b, v, i);
        }
      }
    }
  }

  boolean allows(int piece, int variant, int node) {
    return allowed[piece][variant][node];
  }

  /**
   * Drops every option through which no plan is better than a known one.
   *
   * @param least value that a plan must stay below
   */
  void keepBelow(long least, Chain chain, List<Relaxation> relaxations) {
    for (Relaxation r : relaxations) {
      long[] reach = new long[chain.nodes()];
      for (int i = 0; i < reach.length; i++) {
        reach[i] = i == chain.source() ? -r.budgetsWorth() : Long.MAX_VALUE;
      }
      for (int b = 0; b < chain.pieces(); b++) {
        reach = step(least, chain, r, b, reach);
      }
    }
  }

  /** Least price up to and with a piece, per node, from that up to the piece before. */
  private long[] step(long least, Chain chain, Relaxation r, int piece, long[] reach) {
    long[] next = new long[reach.length];
    for (int j = 0; j < next.length; j++) {
      long arrive = Long.MAX_VALUE;
      for (int i = 0; i < reach.length; i++) {
        if (reach[i] != Long.MAX_VALUE) {
          arrive = Math.min(arrive, reach[i] + r.priceOfHop(piece, i, j));
        }
      }
      next[j] = Long.MAX_VALUE;
      for (int v = 0; v < chain.variants(piece) && arrive != Long.MAX_VALUE; v++) {
        if (!allowed[piece][v][j]) {
          continue;
        }
        long with = arrive + r.price(piece, v, j);
        long rest = r.completion(piece, j);
        if (rest == Long.MAX_VALUE || with + rest >= least) {
          allowed[piece][v][j] = false;
        } else {
          next[j] = Math.min(next[j], with);
        }
      }
    }
    return next;
  }

  private static boolean isDominated(Chain chain, int piece, int variant, int node) {
    for (int other = 0; other < chain.variants(piece); other++) {
      if (other == variant) {
        continue;
      }
      int order = compare(chain, piece, other, variant, node);
      // Of two equal variants the first one stays.
      if (order < 0 || (order == 0 && other < variant)) {
        return true;
      }
    }
    return false;
  }

  /** -1 if a is at least as good as b in all and better in one respect, 0 if equal, else 1. */
  private static int compare(Chain chain, int piece, int a, int b, int node) {
    long[][] objective = chain.objective()[piece];
    int order = Long.compare(objective[a][node], objective[b][node]);
    for (Chain.Resource r : chain.resources()) {
      if (order > 0) {
        return 1;
      }
      long left = r.use()[piece][a][node];
      long right = r.use()[piece][b][node];
      order = left > right ? 1 : left < right ? -1 : order;
    }
    return order;
  }
}
