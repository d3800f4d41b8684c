package io.offloadlab.legodnn.plan;

import java.util.List;

/**
 * The variants that may still be chosen, per piece and node: at first all but those that another
 * one is at least as good as in every respect; then fewer, as bounds rule them out and the search
 * branches.
 */
final class Candidates {
  private final boolean[][][] allowed;

  Candidates(Chain chain) {
    this(all(chain).allowed);
    for (int b = 0; b < allowed.length; b++) {
      for (int i = 0; i < chain.nodes(); i++) {
        boolean[] best = new boolean[chain.variants(b)];
        for (int v = 0; v < best.length; v++) {
          best[v] = allowed[b][i][v] && !isDominated(chain, b, i, v);
        }
        allowed[b][i] = best;
      }
    }
  }

  /** Every variant that there is, the dominated ones too. */
  static Candidates all(Chain chain) {
    boolean[][][] there = new boolean[chain.pieces()][chain.nodes()][];
    for (int b = 0; b < there.length; b++) {
      for (int i = 0; i < chain.nodes(); i++) {
        there[b][i] = new boolean[chain.variants(b)];
        for (int v = 0; v < there[b][i].length; v++) {
          there[b][i][v] = chain.has(b, i, v);
        }
      }
    }
    return new Candidates(there);
  }

  private Candidates(boolean[][][] allowed) {
    this.allowed = allowed;
  }

  /** Which variants of a piece a node may run. */
  boolean[] of(int piece, int node) {
    return allowed[piece][node];
  }

  /** Whether a node may run any variant of a piece. */
  boolean allows(int piece, int node) {
    for (boolean variant : allowed[piece][node]) {
      if (variant) {
        return true;
      }
    }
    return false;
  }

  /**
   * These candidates with a piece kept on a node, or off it.
   *
   * @param nodes of a plan, one for each node of the chain
   * @param on whether only the candidates on the node stay, or only the others
   */
  Candidates branch(int piece, int[] nodes, int node, boolean on) {
    boolean[][][] fewer = allowed.clone();
    fewer[piece] = allowed[piece].clone();
    for (int i = 0; i < fewer[piece].length; i++) {
      if ((nodes[i] == node) != on) {
        fewer[piece][i] = new boolean[allowed[piece][i].length];
      }
    }
    return new Candidates(deepCopy(fewer));
  }

  /**
   * These candidates with a piece's variants up to one kept, or those after it.
   *
   * @param variants of a plan, one for each variant of the chain
   * @param upTo whether the variants up to and with the given one stay, or only the others
   */
  Candidates branchVariants(int piece, int[] variants, int last, boolean upTo) {
    boolean[][][] fewer = deepCopy(allowed);
    for (boolean[] here : fewer[piece]) {
      for (int v = 0; v < here.length; v++) {
        here[v] &= (variants[v] <= last) == upTo;
      }
    }
    return new Candidates(fewer);
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
        reach[i] = i == chain.source() ? -r.prices().budgetsWorth() : Long.MAX_VALUE;
      }
      for (int b = 0; b < chain.pieces(); b++) {
        reach = step(least, r, b, reach);
      }
    }
  }

  /** Least price up to and with a piece, per node, from that up to the piece before. */
  private long[] step(long least, Relaxation r, int piece, long[] reach) {
    Prices prices = r.prices();
    long[] next = new long[reach.length];
    for (int j = 0; j < next.length; j++) {
      long arrive = Long.MAX_VALUE;
      for (int i = 0; i < reach.length; i++) {
        if (reach[i] != Long.MAX_VALUE) {
          arrive = Math.min(arrive, reach[i] + prices.ofHop(piece, i, j));
        }
      }
      next[j] = Long.MAX_VALUE;
      long rest = r.completion(piece, j);
      boolean[] variants = allowed[piece][j];
      for (int v = 0; v < variants.length; v++) {
        if (!variants[v]) {
          continue;
        }
        boolean dead = arrive == Long.MAX_VALUE || rest == Long.MAX_VALUE;
        long with = dead ? 0 : arrive + prices.of(piece, j)[v];
        if (dead || prices.asBound(with + rest) >= least) {
          variants[v] = false;
        } else {
          next[j] = Math.min(next[j], with);
        }
      }
    }
    return next;
  }

  private static boolean[][][] deepCopy(boolean[][][] all) {
    boolean[][][] copy = new boolean[all.length][][];
    for (int b = 0; b < copy.length; b++) {
      copy[b] = new boolean[all[b].length][];
      for (int i = 0; i < copy[b].length; i++) {
        copy[b][i] = all[b][i].clone();
      }
    }
    return copy;
  }

  private static boolean isDominated(Chain chain, int piece, int node, int variant) {
    for (int other = 0; other < chain.variants(piece); other++) {
      if (other == variant || !chain.has(piece, node, other)) {
        continue;
      }
      int order = compare(chain, piece, node, other, variant);
      // Of two equal variants the first one stays.
      if (order < 0 || (order == 0 && other < variant)) {
        return true;
      }
    }
    return false;
  }

  /** -1 if a is at least as good as b in all and better in one respect, 0 if equal, else 1. */
  private static int compare(Chain chain, int piece, int node, int a, int b) {
    long[] objective = chain.objective()[piece][node];
    int order = Long.compare(objective[a], objective[b]);
    for (Chain.Resource r : chain.resources()) {
      if (order > 0) {
        return 1;
      }
      long left = r.use(piece, node, a);
      long right = r.use(piece, node, b);
      order = left > right ? 1 : left < right ? -1 : order;
    }
    return order;
  }
}
