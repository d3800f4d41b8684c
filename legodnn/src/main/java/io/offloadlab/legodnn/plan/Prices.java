package io.offloadlab.legodnn.plan;

/**
 * What the steps of a chain cost when budgets are replaced by a price per unit used: the objective
 * plus the priced uses.
 *
 * <p>Multipliers are whole numbers, so bounds made of prices are exact and may be compared with a
 * plan's value.
 */
final class Prices {
  private final boolean objectiveCounts;
  private final long[] multipliers;
  private final long budgetsWorth;
  private final long[][][] candidate;
  private final long[][][] hop;

  /**
   * @param objectiveCounts false to price feasibility alone: a plan within the budgets then has a
   *     price of at most {@link #budgetsWorth}
   * @param multipliers price per unit of each resource, not negative, small enough that no sum
   *     overflows (see {@link Multipliers})
   */
  Prices(Chain chain, boolean objectiveCounts, long[] multipliers) {
    this.objectiveCounts = objectiveCounts;
    this.multipliers = multipliers.clone();
    long worth = 0;
    this.candidate = copy(chain.objective(), objectiveCounts);
    this.hop = copy(chain.hop(), objectiveCounts);
    for (int r = 0; r < multipliers.length; r++) {
      Chain.Resource resource = chain.resources()[r];
      worth += multipliers[r] * resource.budget();
      add(candidate, resource.use(), multipliers[r]);
      add(hop, resource.hop(), multipliers[r]);
    }
    this.budgetsWorth = worth;
  }

  /** What the budgets are worth at these prices. */
  long budgetsWorth() {
    return budgetsWorth;
  }

  /** Whether the objective is among what is priced. */
  boolean objectiveCounts() {
    return objectiveCounts;
  }

  long[] multipliers() {
    return multipliers.clone();
  }

  /** Prices of the variants of a piece on a node. */
  long[] of(int piece, int node) {
    return candidate[piece][node];
  }

  /** Price of a hop. */
  long ofHop(int boundary, int from, int to) {
    return hop[boundary][from][to];
  }

  /**
   * Lower bound on the objective of a plan from what it has used and the least price of its rest.
   */
  long bound(long objective, long[] use, long rest) {
    if (rest == Long.MAX_VALUE) {
      return rest;
    }
    long price = (objectiveCounts ? objective : 0) + rest - budgetsWorth;
    for (int r = 0; r < multipliers.length; r++) {
      price += multipliers[r] * use[r];
    }
    return asBound(price);
  }

  /** A price as a bound: where the objective does not count, nothing or infeasibility. */
  long asBound(long price) {
    if (objectiveCounts) {
      return price;
    }
    return price > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  private static long[][][] copy(long[][][] values, boolean keep) {
    long[][][] copy = new long[values.length][][];
    for (int b = 0; b < copy.length; b++) {
      copy[b] = new long[values[b].length][];
      for (int i = 0; i < copy[b].length; i++) {
        copy[b][i] = keep ? values[b][i].clone() : new long[values[b][i].length];
      }
    }
    return copy;
  }

  private static void add(long[][][] sum, long[][][] uses, long multiplier) {
    if (uses == null || multiplier == 0) {
      return;
    }
    for (int b = 0; b < sum.length; b++) {
      for (int i = 0; i < sum[b].length; i++) {
        long[] use = uses[b][i];
        for (int k = 0; use != null && k < use.length; k++) {
          sum[b][i][k] += multiplier * use[k];
        }
      }
    }
  }
}
