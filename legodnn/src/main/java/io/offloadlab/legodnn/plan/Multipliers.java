package io.offloadlab.legodnn.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds good prices for a chain's resources by subgradient steps of Polyak's length on the
 * Lagrangian dual, and meets feasible plans on the way.
 *
 * <p>Prices are handled as worths: price times the most that can be used, so that resources of
 * different units compare.
 */
final class Multipliers {
  private static final int PATIENCE = 5;
  private static final double FIRST_STRIDE = 1.5;
  private static final double LEAST_STRIDE = 0.01;
  private static final double GUESSED_GAP = 0.02;
  private static final double[] AROUND = {0.7, 1.4};
  private static final double LEARNING = 2;

  /** Worths stay below this, so that up to 2^4 resources add up without overflow. */
  private static final double MOST_WORTH = Math.scalb(1.0, Chain.OBJECTIVE_BITS + 1);

  private final Chain chain;
  private final double[] range;
  private Path incumbent;
  private long least = Long.MAX_VALUE;
  private long evaluations;

  Multipliers(Chain chain) {
    this.chain = chain;
    this.range = new double[chain.resources().length];
    for (int r = 0; r < range.length; r++) {
      range[r] = Math.max(1, range(chain.resources()[r]));
    }
  }

  /**
   * What a search of the dual found.
   *
   * @param relaxations whose bounds together are tight, the best first
   * @param bound the best lower bound found
   * @param worth where the best one lies: where a search nearby should begin
   * @param visits {@code [piece][node]} how often the relaxed optima ran a piece on a node
   * @param variants {@code [piece][variant]} how often they chose a variant
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Dual(
      List<Relaxation> relaxations, long bound, double[] worth, int[][] visits, int[][] variants) {}

  /** The best plan met or told of, or null. */
  Path incumbent() {
    return incumbent;
  }

  /** Its value, or {@link Long#MAX_VALUE}. */
  long least() {
    return least;
  }

  /** How many relaxations were solved. */
  long evaluations() {
    return evaluations;
  }

  /** Looks only for plans below a value. */
  void limit(long value) {
    least = value;
  }

  /** Takes note of a plan within the budgets. */
  void improve(Path path) {
    long objective = path.objective(chain);
    if (objective < least) {
      incumbent = path;
      least = objective;
    }
  }

  double[] free() {
    return new double[range.length];
  }

  /**
   * Searches the dual of what some candidates leave.
   *
   * @param start worths to begin with
   * @param steps most evaluations
   */
  Dual search(Candidates candidates, double[] start, int steps) {
    int[][] visits = new int[chain.pieces()][chain.nodes()];
    int[][] variants = new int[chain.pieces()][];
    Arrays.setAll(variants, b -> new int[chain.variants(b)]);
    Relaxation free = evaluate(candidates, free());
    double[] worth = start.clone();
    double[] top = free();
    Relaxation best = free;
    double stride = FIRST_STRIDE;
    int stuck = 0;
    for (int step = 0; step < steps && range.length > 0 && stride > LEAST_STRIDE; step++) {
      Relaxation now = evaluate(candidates, worth);
      if (now.bound() >= least || now.bound() == Long.MAX_VALUE) {
        return new Dual(List.of(now), now.bound(), worth, visits, variants);
      }
      if (now.bound() > best.bound()) {
        best = now;
        top = worth.clone();
        stuck = 0;
      } else if (++stuck > PATIENCE) {
        stride /= 2;
        stuck = 0;
        worth = top.clone();
      }
      Path path = now.path();
      for (int b = 0; b < visits.length; b++) {
        visits[b][path.nodes()[b]]++;
        variants[b][path.variants()[b]]++;
      }
      if (!advance(worth, now.bound(), path.use(chain), stride)) {
        break;
      }
    }
    List<Relaxation> kept = new ArrayList<>(List.of(best));
    for (double factor : AROUND) {
      double[] scaled = Arrays.stream(top).map(w -> Math.min(MOST_WORTH, w * factor)).toArray();
      kept.add(evaluate(candidates, scaled));
    }
    kept.add(free);
    if (incumbent == null && range.length > 1) {
      kept.add(feasibility(candidates, steps));
    }
    long bound = kept.stream().mapToLong(Relaxation::bound).max().orElseThrow();
    return new Dual(kept, bound, top, visits, variants);
  }

  /** One subgradient step; false if the relaxed optimum is within budgets at no price paid. */
  private boolean advance(double[] worth, long bound, long[] use, double stride) {
    double[] excess = new double[range.length];
    double norm = 0;
    for (int r = 0; r < range.length; r++) {
      excess[r] = (use[r] - chain.resources()[r].budget()) / range[r];
      if (excess[r] < 0 && worth[r] == 0) {
        excess[r] = 0;
      }
      norm += excess[r] * excess[r];
    }
    if (norm == 0) {
      return false;
    }
    double target =
        least == Long.MAX_VALUE
            ? bound + GUESSED_GAP * Math.max(1, Math.abs((double) bound))
            : least;
    double length = stride * (target - bound) / norm;
    for (int r = 0; r < range.length; r++) {
      worth[r] = Math.min(MOST_WORTH, Math.max(0, worth[r] + length * excess[r]));
    }
    return true;
  }

  private Relaxation evaluate(Candidates candidates, double[] worth) {
    evaluations++;
    Relaxation relaxation = new Relaxation(chain, prices(worth, true), candidates);
    if (relaxation.bound() != Long.MAX_VALUE) {
      Path path = relaxation.path();
      if (path.objective(chain) < least && path.fits(chain)) {
        improve(path);
      }
    }
    return relaxation;
  }

  /**
   * Prices at which every plan that the budgets allow looks as expensive as can be, the objective
   * aside, found by multiplicative weights: what they find too expensive, no plan continues.
   */
  private Relaxation feasibility(Candidates candidates, int steps) {
    double[] weight = new double[range.length];
    Arrays.fill(weight, 1);
    Relaxation best = null;
    for (int step = 0; step < steps; step++) {
      double sum = Arrays.stream(weight).sum();
      double[] worth = Arrays.stream(weight).map(w -> MOST_WORTH * w / sum).toArray();
      evaluations++;
      Relaxation now = new Relaxation(chain, prices(worth, false), candidates);
      if (best == null || now.price() > best.price()) {
        best = now;
      }
      if (now.bound() == Long.MAX_VALUE) {
        break;
      }
      long[] use = now.path().use(chain);
      for (int r = 0; r < weight.length; r++) {
        double excess = (use[r] - chain.resources()[r].budget()) / range[r];
        weight[r] = Math.max(1e-6, weight[r] * Math.exp(LEARNING * excess));
      }
    }
    return best;
  }

  private Prices prices(double[] worth, boolean objectiveCounts) {
    long[] multipliers = new long[worth.length];
    for (int r = 0; r < worth.length; r++) {
      multipliers[r] = (long) (worth[r] / range[r]);
    }
    return new Prices(chain, objectiveCounts, multipliers);
  }

  /** Most that the sum of a resource's uses, and its budget, can be away from 0. */
  private double range(Chain.Resource resource) {
    double sum = Math.abs((double) resource.budget());
    for (int b = 0; b <= chain.pieces(); b++) {
      double most = 0;
      double use = 0;
      for (int i = 0; i < chain.nodes(); i++) {
        for (int j = 0; j < chain.nodes(); j++) {
          most = Math.max(most, Math.abs((double) resource.hop(b, i, j)));
        }
        for (int v = 0; b < chain.pieces() && v < chain.variants(b); v++) {
          use = Math.max(use, Math.abs((double) resource.use(b, i, v)));
        }
      }
      sum += most + use;
    }
    return sum;
  }
}
