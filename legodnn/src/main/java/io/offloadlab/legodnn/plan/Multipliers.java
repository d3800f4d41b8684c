package io.offloadlab.legodnn.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds good prices for a chain's resources by subgradient steps of Polyak's length on the
 * Lagrangian dual, and meets feasible plans on the way.
 */
final class Multipliers {
  private static final int STEPS = 150;
  private static final int PATIENCE = 6;
  private static final double FIRST_STRIDE = 1.5;
  private static final double GUESSED_GAP = 0.02;
  private static final int KEPT = 3;
  private static final double[] AROUND = {0.5, 0.8, 1.25, 2};

  /** Price times use stays below this, so that up to 2^4 resources add up without overflow. */
  private static final double MOST_WORTH = Math.scalb(1.0, Chain.OBJECTIVE_BITS + 1);

  private final Chain chain;
  private final Options options;
  private final double[] range;
  private Path incumbent;
  private long least;

  /**
   * @param incumbent the best known plan, or null
   */
  Multipliers(Chain chain, Options options, Path incumbent) {
    this.chain = chain;
    this.options = options;
    this.incumbent = incumbent;
    this.least = incumbent == null ? Long.MAX_VALUE : incumbent.objective(chain);
    this.range = new double[chain.resources().length];
    for (int r = 0; r < range.length; r++) {
      range[r] = Math.max(1, range(chain.resources()[r]));
    }
  }

  /** The best plan met, or null. */
  Path incumbent() {
    return incumbent;
  }

  /** Relaxations whose bounds together are tight: the best first. Empty if nothing is possible. */
  List<Relaxation> search() {
    double[] worth = new double[range.length];
    Relaxation free = evaluate(worth);
    List<Relaxation> best = new ArrayList<>(List.of(free));
    double stride = FIRST_STRIDE;
    int stuck = 0;
    for (int step = 0; step < STEPS && range.length > 0; step++) {
      Relaxation now = step == 0 ? free : evaluate(worth);
      if (now.bound() == Long.MAX_VALUE || now.bound() >= least) {
        return List.of(now);
      }
      if (now.bound() > best.get(0).bound()) {
        best.add(0, now);
        stuck = 0;
      } else if (++stuck > PATIENCE) {
        stride /= 2;
        stuck = 0;
      }
      if (!advance(worth, now, stride)) {
        break;
      }
    }
    List<Relaxation> kept = new ArrayList<>(best.subList(0, Math.min(KEPT, best.size())));
    double[] top = worthOf(best.get(0));
    for (double factor : AROUND) {
      double[] scaled = new double[top.length];
      for (int r = 0; r < top.length; r++) {
        scaled[r] = Math.min(MOST_WORTH, top[r] * factor);
      }
      kept.add(evaluate(scaled));
    }
    kept.add(free);
    return kept;
  }

  /** One subgradient step; false if the relaxed optimum is within budgets at no price paid. */
  private boolean advance(double[] worth, Relaxation now, double stride) {
    long[] use = now.path().use(chain);
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
            ? now.bound() + GUESSED_GAP * Math.max(1, Math.abs((double) now.bound()))
            : least;
    double length = stride * (target - now.bound()) / norm;
    for (int r = 0; r < range.length; r++) {
      worth[r] = Math.min(MOST_WORTH, Math.max(0, worth[r] + length * excess[r]));
    }
    return true;
  }

  private Relaxation evaluate(double[] worth) {
    long[] multipliers = new long[worth.length];
    for (int r = 0; r < worth.length; r++) {
      multipliers[r] = (long) (worth[r] / range[r]);
    }
    Relaxation relaxation = new Relaxation(chain, multipliers, options);
    if (relaxation.bound() != Long.MAX_VALUE) {
      Path path = relaxation.path();
      if (path.fits(chain) && path.objective(chain) < least) {
        incumbent = path;
        least = path.objective(chain);
      }
    }
    return relaxation;
  }

  private double[] worthOf(Relaxation relaxation) {
    long[] multipliers = relaxation.multipliers();
    double[] worth = new double[range.length];
    for (int r = 0; r < worth.length; r++) {
      worth[r] = multipliers[r] * range[r];
    }
    return worth;
  }

  /** Most that the sum of a resource's uses, and its budget, can be away from 0. */
  private double range(Chain.Resource resource) {
    double sum = Math.abs((double) resource.budget());
    for (int b = 0; b <= chain.pieces(); b++) {
      double most = 0;
      for (int i = 0; i < chain.nodes(); i++) {
        for (int j = 0; j < chain.nodes(); j++) {
          most = Math.max(most, Math.abs((double) resource.hop(b, i, j)));
        }
      }
      double use = 0;
      for (int v = 0; b < chain.pieces() && v < chain.variants(b); v++) {
        for (int i = 0; i < chain.nodes(); i++) {
          use = Math.max(use, Math.abs((double) resource.use()[b][v][i]));
        }
      }
      sum += most + use;
    }
    return sum;
  }
}
