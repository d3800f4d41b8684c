package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every variant on every node in floating point, straight from the problem's definition. */
final class BruteForce {
  private static final double SAME = 1e-9;

  private final PlanningProblem problem;
  private final int[] choices;
  private final int[] nodes;
  private double slowdown;
  private Plan best;
  private final List<Plan> all = new ArrayList<>();
  private double leastCost = Double.POSITIVE_INFINITY;

  private BruteForce(PlanningProblem problem) {
    this.problem = problem;
    this.choices = new int[problem.pieces().size()];
    this.nodes = new int[problem.pieces().size()];
  }

  static Optional<Plan> solve(PlanningProblem problem) {
    BruteForce search = new BruteForce(problem);
    if (!(problem.objective() instanceof Objective.Size)) {
      return search.run(Double.POSITIVE_INFINITY);
    }
    Optional<Plan> any = search.run(Double.POSITIVE_INFINITY);
    if (any.isEmpty()) {
      return any;
    }
    for (double over = 0; over < 1000; over = over == 0 ? 0.1 : 2 * over) {
      Optional<Plan> plan = search.run(1 + over);
      if (plan.isPresent()) {
        return plan;
      }
    }
    return any;
  }

  /** The values of the best plans in order, by the objective's first part and then its second. */
  static List<double[]> best(PlanningProblem problem, int count) {
    BruteForce search = new BruteForce(problem);
    double within = Double.POSITIVE_INFINITY;
    if (problem.objective() instanceof Objective.Size) {
      for (double over = 0; over < 1000; over = over == 0 ? 0.1 : 2 * over) {
        if (search.run(1 + over).isPresent()) {
          within = 1 + over;
          break;
        }
      }
    }
    search.all.clear();
    var unused = search.run(within);
    return search.all.stream()
        .map(plan -> values(problem, plan))
        .sorted((a, b) -> isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0)
        .limit(count)
        .toList();
  }

  static double leastCost(PlanningProblem problem) {
    BruteForce search = new BruteForce(problem);
    search.run(Double.POSITIVE_INFINITY);
    return search.leastCost;
  }

  private Optional<Plan> run(double most) {
    slowdown = most;
    best = null;
    enumerate(0);
    return Optional.ofNullable(best);
  }

  private void enumerate(int piece) {
    if (piece == choices.length) {
      consider();
      return;
    }
    for (int v = 0; v < problem.pieces().get(piece).choices().size(); v++) {
      for (int i = 0; i < problem.nodes(); i++) {
        choices[piece] = v;
        nodes[piece] = i;
        enumerate(piece + 1);
      }
    }
  }

  private void consider() {
    Plan plan = Plan.of(problem, choices, nodes);
    long[] memory = new long[problem.nodes()];
    boolean original = true;
    double nodeZero =
        problem.transferSeconds().get(0).get(problem.source()).get(0)
            + problem.transferSeconds().get(choices.length).get(0).get(problem.source());
    for (int b = 0; b < choices.length; b++) {
      Choice c = problem.pieces().get(b).choices().get(choices[b]);
      memory[nodes[b]] += c.newBytes().get(nodes[b]);
      nodeZero += c.seconds().get(0);
      original &= choices[b] == 0;
    }
    for (int i = 0; i < memory.length; i++) {
      if (memory[i] > problem.memoryBudgets().get(i)) {
        return;
      }
    }
    leastCost = Math.min(leastCost, plan.cost());
    boolean accurate = plan.cost() <= problem.costBudget() + PlanningProblem.COST_TOLERANCE;
    if (!accurate && !(original && problem.originalMeets())) {
      return;
    }
    if (plan.seconds() > slowdown * nodeZero + SAME) {
      return;
    }
    all.add(plan);
    if (best == null || isLess(values(problem, plan), values(problem, best))) {
      best = plan;
    }
  }

  private static boolean isLess(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > SAME) {
        return a[i] < b[i];
      }
    }
    return false;
  }

  /** What an objective compares, the most important first. */
  static double[] values(PlanningProblem problem, Plan plan) {
    if (problem.objective() instanceof Objective.Latency) {
      return new double[] {plan.seconds(), plan.bytes()};
    }
    if (problem.objective() instanceof Objective.Size) {
      return new double[] {plan.bytes(), plan.seconds()};
    }
    Objective.Weighted w = (Objective.Weighted) problem.objective();
    int pieces = problem.pieces().size();
    Plan original = Plan.of(problem, new int[pieces], new int[pieces]);
    double latency = original.seconds() == 0 ? 0 : plan.seconds() / original.seconds();
    double size = original.bytes() == 0 ? 0 : (double) plan.bytes() / original.bytes();
    return new double[] {w.alpha() * latency + w.beta() * size + w.gamma() * plan.cost()};
  }
}
