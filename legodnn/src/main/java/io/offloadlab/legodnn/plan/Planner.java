package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Outcome.Infeasible;
import io.offloadlab.legodnn.plan.Outcome.Planned;

/** Solves planning problems to proven optimality, or proves that they have no solution. */
public final class Planner {
  private static final double FIRST_RELAXATION = 0.1;
  private static final double LAST_RELAXATION = 1000;

  private Planner() {}

  /**
   * The best plan. Deterministic: of equally good plans always the same one.
   *
   * @param problem what to solve
   */
  public static Outcome solve(PlanningProblem problem) {
    ChainBuilder builder = new ChainBuilder(problem);
    Path path = best(problem, builder, Double.POSITIVE_INFINITY);
    if (path == null) {
      return explain(problem, builder);
    }
    if (problem.objective() instanceof Objective.Size) {
      path = smallest(problem, builder, path);
    }
    return new Planned(Plan.of(problem, path.variants(), path.nodes()));
  }

  private static Path best(PlanningProblem problem, ChainBuilder builder, double slowdown) {
    Chain chain = builder.chain(slowdown);
    Path path = LabelSetting.solve(chain);
    // With a budget of 0 or more the original, which costs nothing, is among the paths already.
    if (!problem.originalMeets() || problem.costBudget() >= 0) {
      return path;
    }
    Path original = LabelSetting.solve(builder.originals(slowdown));
    if (path == null || original == null) {
      return path == null ? original : path;
    }
    return original.objective(chain) < path.objective(chain) ? original : path;
  }

  /** The least size under the tightest limit on latency that some plan meets. */
  private static Path smallest(PlanningProblem problem, ChainBuilder builder, Path unlimited) {
    for (double over = 0; over < LAST_RELAXATION; over = next(over)) {
      Path path = best(problem, builder, 1 + over);
      if (path != null) {
        return path;
      }
    }
    return unlimited;
  }

  private static double next(double over) {
    return over == 0 ? FIRST_RELAXATION : 2 * over;
  }

  private static Infeasible explain(PlanningProblem problem, ChainBuilder builder) {
    double leastAnywhere =
        problem.pieces().stream()
            .mapToDouble(p -> p.choices().stream().mapToDouble(c -> c.cost()).min().orElseThrow())
            .sum();
    boolean reachable =
        problem.originalMeets()
            || leastAnywhere <= problem.costBudget() + PlanningProblem.COST_TOLERANCE;
    Path path = LabelSetting.solve(builder.leastCost());
    double least =
        path == null
            ? Double.POSITIVE_INFINITY
            : Plan.of(problem, path.variants(), path.nodes()).cost();
    Path original = LabelSetting.solve(builder.originals(Double.POSITIVE_INFINITY));
    return new Infeasible(reachable, least, original != null);
  }
}
