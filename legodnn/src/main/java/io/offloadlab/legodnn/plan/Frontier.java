package io.offloadlab.legodnn.plan;

import java.util.Arrays;

/**
 * What the rest of a path costs at least in priced objective, for each accuracy cost that is left:
 * a relaxation that prices memory alone and keeps the accuracy budget, so that it bounds closer
 * than one that prices both.
 */
final class Frontier {
  /** Points per piece and node; more are rounded down to fewer. */
  private static final int MOST = 2048;

  private final Prices prices;
  private final Chain.Resource cost;
  private final Points[][] after;

  /**
   * Rests of a path, none as good as another in both.
   *
   * @param cost ascending
   * @param price descending
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Points(long[] cost, long[] price) {}

  /**
   * @param cost the accuracy, or null where there is no budget on it
   * @param prices in which it has none
   */
  Frontier(Chain chain, Candidates candidates, Chain.Resource cost, Prices prices) {
    this.prices = prices;
    this.cost = cost;
    int last = chain.pieces() - 1;
    this.after = new Points[chain.pieces()][chain.nodes()];
    for (int i = 0; i < chain.nodes(); i++) {
      long home = prices.ofHop(last + 1, i, chain.source());
      after[last][i] = new Points(new long[] {0}, new long[] {home});
    }
    for (int b = last; b > 0; b--) {
      for (int i = 0; i < chain.nodes(); i++) {
        after[b - 1][i] = before(chain, candidates, b, i);
      }
    }
  }

  /** What follows a node, from what follows each of those that may come after it. */
  private Points before(Chain chain, Candidates candidates, int piece, int node) {
    int count = 0;
    for (int j = 0; j < chain.nodes(); j++) {
      for (boolean allowed : candidates.of(piece, j)) {
        count += allowed ? after[piece][j].cost().length : 0;
      }
    }
    long[][] all = new long[count][];
    int k = 0;
    for (int j = 0; j < chain.nodes(); j++) {
      boolean[] allowed = candidates.of(piece, j);
      Points rest = after[piece][j];
      for (int v = 0; v < allowed.length; v++) {
        if (allowed[v]) {
          long step = prices.ofHop(piece, node, j) + prices.of(piece, j)[v];
          long used = cost == null ? 0 : cost.use(piece, j, v);
          for (int r = 0; r < rest.cost().length; r++) {
            all[k++] = new long[] {rest.cost()[r] + used, rest.price()[r] + step};
          }
        }
      }
    }
    return undominated(all);
  }

  private static Points undominated(long[][] all) {
    Arrays.sort(all, (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    long[] costs = new long[all.length];
    long[] prices = new long[all.length];
    int kept = 0;
    for (long[] point : all) {
      if (kept == 0 || point[1] < prices[kept - 1]) {
        costs[kept] = point[0];
        prices[kept++] = point[1];
      }
    }
    int group = (kept + MOST - 1) / MOST;
    if (group > 1) {
      // The least cost of some with the least price of them: below all of them.
      int groups = 0;
      for (int first = 0; first < kept; first += group) {
        costs[groups] = costs[first];
        prices[groups++] = prices[Math.min(kept, first + group) - 1];
      }
      kept = groups;
    }
    return new Points(Arrays.copyOf(costs, kept), Arrays.copyOf(prices, kept));
  }

  /**
   * Lower bound on the objective of every path that continues a partial one; {@link Long#MAX_VALUE}
   * if there is none.
   *
   * @param piece last piece placed
   * @param node where
   * @param priced objective of the partial path with the priced uses
   * @param left accuracy cost that the rest may have
   */
  long bound(int piece, int node, long priced, long left) {
    Points rest = after[piece][node];
    int at = Arrays.binarySearch(rest.cost(), left);
    int last = at >= 0 ? at : -at - 2;
    return last < 0 ? Long.MAX_VALUE : priced + rest.price()[last] - prices.budgetsWorth();
  }

  Prices prices() {
    return prices;
  }
}
