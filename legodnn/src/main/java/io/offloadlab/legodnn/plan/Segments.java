package io.offloadlab.legodnn.plan;

import java.util.Arrays;

/**
 * A relaxation that keeps each node's memory: a plan is a sequence of segments, runs of pieces on
 * one node, and every segment by itself fits into its node's budget. Forgotten are only the other
 * budgets, which are priced, that segments on one node share its memory, and that variants are
 * whole: within a segment they are mixed as the linear relaxation of its knapsack likes.
 *
 * <p>Where memory forces a plan to change nodes this is much closer than {@link Relaxation}, which
 * mixes plans that each stay on one node.
 */
final class Segments {
  private final Chain chain;
  private final Prices prices;
  private final Options options;

  private Segments(Chain chain, Prices prices, Options options) {
    this.chain = chain;
    this.prices = prices;
    this.options = options;
  }

  /** Lower bound on every plan; {@link Long#MAX_VALUE} if there is none. */
  static long bound(Chain chain, Prices prices, Options options) {
    long price = new Segments(chain, prices, options).price();
    return price == Long.MAX_VALUE ? price : prices.asBound(price - prices.budgetsWorth());
  }

  private long price() {
    int pieces = chain.pieces();
    int nodes = chain.nodes();
    // Least price of what comes before a piece, by the node that the piece before it ran on.
    long[][] reached = new long[pieces + 1][nodes];
    for (long[] row : reached) {
      Arrays.fill(row, Long.MAX_VALUE);
    }
    reached[0][chain.source()] = 0;
    for (int from = 0; from < pieces; from++) {
      for (int i = 0; i < nodes; i++) {
        long arrive = arrive(reached[from], from, i);
        if (arrive != Long.MAX_VALUE) {
          run(arrive, from, i, reached);
        }
      }
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < nodes; i++) {
      if (reached[pieces][i] != Long.MAX_VALUE) {
        least = Math.min(least, reached[pieces][i] + prices.ofHop(pieces, i, chain.source()));
      }
    }
    return least;
  }

  /** Least price up to a new segment's node. The source may be the first segment's node, too. */
  private long arrive(long[] reached, int from, int node) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < reached.length; i++) {
      if (reached[i] != Long.MAX_VALUE && (i != node || from == 0)) {
        least = Math.min(least, reached[i] + prices.ofHop(from, i, node));
      }
    }
    return least;
  }

  /** Extends a segment piece by piece for as long as it fits. */
  private void run(long arrive, int from, int node, long[][] reached) {
    long[][][] use = null;
    long room = Long.MAX_VALUE;
    for (Chain.Resource r : chain.resources()) {
      if (r.kind() == Chain.Kind.MEMORY && r.use()[0][node] != null) {
        use = r.use();
        room = r.budget();
      }
    }
    SlopeList segment = null;
    for (int to = from; to < chain.pieces(); to++) {
      SlopeList piece =
          SlopeList.of(
              use == null ? null : use[to][node], prices.of(to, node), options.of(to, node));
      segment = segment == null ? piece : segment.with(piece, prices.ofHop(to, node, node));
      long least = segment.least(room);
      if (least == Long.MAX_VALUE) {
        return;
      }
      reached[to + 1][node] = Math.min(reached[to + 1][node], arrive + least);
    }
  }
}
