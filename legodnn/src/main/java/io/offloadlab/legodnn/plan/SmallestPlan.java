package io.offloadlab.legodnn.plan;

/**
 * The plan of least size under the tightest limit on latency that some plan meets; of equal ones
 * the fastest.
 *
 * <p>Size does not tell one placement from another, so its relaxations are blind to what makes
 * small networks infeasible. The excess of the latency over its limit is not: whether a size can be
 * had is asked of that, and the least size found by bisection.
 */
final class SmallestPlan {
  private static final double FIRST_RELAXATION = 0.1;
  private static final double LAST_RELAXATION = 1000;

  private final PlanningProblem problem;
  private final ChainBuilder builder;
  private double slowdown = Double.POSITIVE_INFINITY;

  SmallestPlan(PlanningProblem problem, ChainBuilder builder) {
    this.problem = problem;
    this.builder = builder;
  }

  /** The plan; null if nothing stays within the budgets. */
  Path solve() {
    Path any =
        VariantPlanner.best(problem, builder.excess(1, Long.MAX_VALUE), BranchAndBound::solve);
    if (any == null) {
      return null;
    }
    for (double over = 0; over < LAST_RELAXATION; over = next(over)) {
      boolean within =
          any.objective(builder.excess(1 + over, Long.MAX_VALUE)) < builder.tooMuch(1 + over);
      Path path = within ? any : below(1 + over, Long.MAX_VALUE);
      if (path != null) {
        slowdown = 1 + over;
        return smallest(slowdown, path);
      }
    }
    return smallest(Double.POSITIVE_INFINITY, any);
  }

  /**
   * The limit on latency that the plan was found under, as {@link ChainBuilder#excess} takes it.
   */
  double slowdown() {
    return slowdown;
  }

  private Path smallest(double most, Path known) {
    Path free = VariantPlanner.best(problem, builder.size(), BranchAndBound::solve);
    long least = builder.sizeOf(free);
    long size = builder.sizeOf(known);
    for (long ask = least; least < size; ask = least + (size - least) / 2) {
      Path path = below(most, ask);
      if (path == null) {
        least = ask + 1;
      } else {
        size = builder.sizeOf(path);
      }
    }
    return VariantPlanner.best(problem, builder.latency(most, size), BranchAndBound::solve);
  }

  /** Some path within a limit on latency and a size; null if there is none. */
  private Path below(double most, long size) {
    if (most == Double.POSITIVE_INFINITY) {
      return VariantPlanner.best(
          problem, builder.excess(1, size), c -> BranchAndBound.anyBelow(c, Long.MAX_VALUE));
    }
    long tooMuch = builder.tooMuch(most);
    return VariantPlanner.best(
        problem, builder.excess(most, size), c -> BranchAndBound.anyBelow(c, tooMuch));
  }

  private static double next(double over) {
    return over == 0 ? FIRST_RELAXATION : 2 * over;
  }
}
