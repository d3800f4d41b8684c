package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Outcome.Infeasible;
import io.offloadlab.legodnn.plan.Outcome.Planned;
import java.util.Optional;
import java.util.function.Function;

/**
 * Solves planning problems to proven optimality, or proves that they have no solution. Where memory
 * is short on many nodes that may take for ever; then what was found in some seconds' worth of
 * effort stands, with its bound.
 */
public final class VariantPlanner {
  private static final long EFFORT = 4 * Effort.SECOND;

  private VariantPlanner() {}

  /**
   * The best plan. Deterministic: of equally good plans always the same one.
   *
   * @param problem what to solve
   */
  public static Outcome solve(PlanningProblem problem) {
    ChainBuilder builder = new ChainBuilder(problem);
    if (problem.objective() instanceof Objective.Size) {
      Path path = new SmallestPlan(problem, builder).solve();
      return path == null ? explain(problem, builder) : planned(problem, path, true, 0);
    }
    Limited solver = new Limited();
    Path path = best(problem, builder.chain(), solver::solve);
    return path == null
        ? explain(problem, builder)
        : planned(problem, path, solver.complete, builder.value(solver.bound));
  }

  private static Planned planned(
      PlanningProblem problem, Path path, boolean complete, double bound) {
    Plan plan = Plan.of(problem, path.variants(), path.nodes());
    double value = problem.value(plan);
    return new Planned(plan, complete ? value : Math.min(value, bound));
  }

  /** Solves chains, as far as an effort goes. */
  private static final class Limited {
    private boolean complete = true;
    private long bound = Long.MAX_VALUE;

    Path solve(Chain chain) {
      BranchAndBound.Searched searched = BranchAndBound.below(chain, Long.MAX_VALUE, EFFORT);
      complete &= searched.complete();
      bound = Math.min(bound, searched.bound());
      return searched.path();
    }
  }

  /** The better one of what the budgets allow and, where it is accurate enough, the original. */
  static Path best(PlanningProblem problem, Chain chain, Function<Chain, Path> solver) {
    Path path = solver.apply(chain);
    // With a budget of 0 or more the original, which costs nothing, is among the paths already.
    if (!problem.originalMeets() || problem.costBudget() >= 0) {
      return path;
    }
    Path original = solver.apply(chain.originals());
    if (path == null || original == null) {
      return path == null ? original : path;
    }
    return original.objective(chain) < path.objective(chain) ? original : path;
  }

  /**
   * Why a problem has no plan; empty if it has one. Faster than solving it, and blind to its times.
   *
   * @param problem what to solve
   */
  public static Optional<Infeasible> whyNot(PlanningProblem problem) {
    ChainBuilder builder = new ChainBuilder(problem);
    Chain chain = builder.leastCost();
    Path any = BranchAndBound.anyBelow(chain, builder.costLimit(), EFFORT);
    if (any != null
        && isWithinBudget(problem, Plan.of(problem, any.variants(), any.nodes()).cost())) {
      return Optional.empty();
    }
    Infeasible why = explain(problem, builder);
    boolean feasible =
        isWithinBudget(problem, why.leastCost()) || (problem.originalMeets() && why.originalFits());
    return feasible ? Optional.empty() : Optional.of(why);
  }

  private static Infeasible explain(PlanningProblem problem, ChainBuilder builder) {
    double leastAnywhere =
        problem.pieces().stream()
            .mapToDouble(p -> p.choices().stream().mapToDouble(c -> c.cost()).min().orElseThrow())
            .sum();
    Chain chain = builder.leastCost();
    Path path = BranchAndBound.below(chain, Long.MAX_VALUE, EFFORT).path();
    double least =
        path == null
            ? Double.POSITIVE_INFINITY
            : Plan.of(problem, path.variants(), path.nodes()).cost();
    return new Infeasible(
        problem.originalMeets() || isWithinBudget(problem, leastAnywhere),
        least,
        BranchAndBound.anyBelow(chain.originals(), Long.MAX_VALUE, EFFORT) != null);
  }

  private static boolean isWithinBudget(PlanningProblem problem, double cost) {
    return Double.isFinite(cost) && cost <= problem.costBudget() + PlanningProblem.COST_TOLERANCE;
  }
}
