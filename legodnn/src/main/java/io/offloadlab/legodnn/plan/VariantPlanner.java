package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Outcome.Infeasible;
import io.offloadlab.legodnn.plan.Outcome.Planned;
import java.util.Optional;
import java.util.function.Function;

/** Solves planning problems to proven optimality, or proves that they have no solution. */
public final class VariantPlanner {
  private VariantPlanner() {}

  /**
   * The best plan. Deterministic: of equally good plans always the same one.
   *
   * @param problem what to solve
   */
  public static Outcome solve(PlanningProblem problem) {
    ChainBuilder builder = new ChainBuilder(problem);
    Path path =
        problem.objective() instanceof Objective.Size
            ? new SmallestPlan(problem, builder).solve()
            : best(problem, builder.chain(), BranchAndBound::solve);
    return path == null
        ? explain(problem, builder)
        : new Planned(Plan.of(problem, path.variants(), path.nodes()));
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
    Infeasible why = explain(problem, new ChainBuilder(problem));
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
    Path path = BranchAndBound.solve(chain);
    double least =
        path == null
            ? Double.POSITIVE_INFINITY
            : Plan.of(problem, path.variants(), path.nodes()).cost();
    return new Infeasible(
        problem.originalMeets() || isWithinBudget(problem, leastAnywhere),
        least,
        BranchAndBound.solve(chain.originals()) != null);
  }

  private static boolean isWithinBudget(PlanningProblem problem, double cost) {
    return Double.isFinite(cost) && cost <= problem.costBudget() + PlanningProblem.COST_TOLERANCE;
  }
}
