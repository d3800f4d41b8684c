package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a step of the whole numbers stands for, the same for plans whose objectives are added up.
 *
 * @param tick seconds
 * @param unit bytes
 * @param perWorth steps that the weighted objective is multiplied by
 */
record Scale(double tick, long unit, double perWorth) {
  static final long LATENCY_LEVELS = 1L << 32;
  static final long SIZE_LEVELS = 1L << 24;
  private static final double NANOSECOND = 1e-9;
  private static final int BYTES_PER_PARAMETER = 4;

  static Scale of(List<PlanningProblem> problems, List<Double> weights) {
    double longest = 0;
    long largest = 0;
    double worth = 0;
    int pieces = 0;
    for (int m = 0; m < problems.size(); m++) {
      PlanningProblem problem = problems.get(m);
      longest += weights.get(m) * mostSeconds(problem);
      largest += mostBytes(problem);
      worth += weights.get(m) * mostWorth(problem);
      pieces += problem.pieces().size();
    }
    return new Scale(
        Math.max(NANOSECOND, longest / (LATENCY_LEVELS - 2L * pieces - problems.size())),
        Math.max(BYTES_PER_PARAMETER, largest / SIZE_LEVELS + 1),
        Math.scalb(1.0, Chain.OBJECTIVE_BITS - 1) / Math.max(1e-300, worth));
  }

  private static double mostSeconds(PlanningProblem problem) {
    double longest = slowestHop(problem, problem.pieces().size());
    for (int b = 0; b < problem.pieces().size(); b++) {
      longest += most(problem, b, c -> max(c.seconds())) + slowestHop(problem, b);
    }
    return longest;
  }

  private static long mostBytes(PlanningProblem problem) {
    long largest = 0;
    for (int b = 0; b < problem.pieces().size(); b++) {
      largest += (long) most(problem, b, Choice::bytes);
    }
    return largest;
  }

  private static double mostWorth(PlanningProblem problem) {
    if (!(problem.objective() instanceof Objective.Weighted w)) {
      return 0;
    }
    Plan original = original(problem);
    return w.gamma() * totalCost(problem)
        + w.perSecond(original) * mostSeconds(problem)
        + w.perByte(original) * mostBytes(problem);
  }

  /** The original network on node 0 alone, to which the weighted objective relates all. */
  static Plan original(PlanningProblem problem) {
    int pieces = problem.pieces().size();
    return Plan.of(problem, new int[pieces], new int[pieces]);
  }

  static double totalCost(PlanningProblem problem) {
    double total = 0;
    for (int b = 0; b < problem.pieces().size(); b++) {
      total += most(problem, b, c -> Math.abs(c.cost()));
    }
    return total;
  }

  private static double slowestHop(PlanningProblem problem, int boundary) {
    return problem.transferSeconds().get(boundary).stream()
        .mapToDouble(Scale::max)
        .max()
        .orElseThrow();
  }

  static double most(PlanningProblem problem, int piece, ToDoubleFunction<Choice> value) {
    return problem.pieces().get(piece).choices().stream().mapToDouble(value).max().orElseThrow();
  }

  private static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
