package io.offloadlab.legodnn.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best plans of a problem in order: all plans up to a distance from the optimum, and ever
 * farther until there are enough.
 */
public final class BestPlans {
  private static final long EFFORT = 20 * Effort.SECOND;

  /** First distance, as a share of the optimum. */
  private static final double NEAR = 1e-3;

  private static final double FARTHER = 4;

  private final PlanningProblem problem;
  private final int count;
  private final Effort effort = new Effort(EFFORT);

  private BestPlans(PlanningProblem problem, int count) {
    this.problem = problem;
    this.count = count;
  }

  /**
   * The best plans by the problem's objective, the best first; fewer where there are no more, empty
   * where the search would take too long.
   *
   * @param problem whose plans; under the objective {@link Objective.Size}, plans are within the
   *     latency that the smallest one was found under
   * @param count how many
   */
  public static Optional<List<Plan>> of(PlanningProblem problem, int count) {
    return new BestPlans(problem, count).plans();
  }

  /**
   * The same for one member of several, while the others' plans stay as they are.
   *
   * @param plans of all members
   * @param member which one
   */
  public static Optional<List<Plan>> of(
      JointProblem joint, List<Plan> plans, int member, int count) {
    Holdings held = new Holdings(joint);
    for (int m = 0; m < plans.size(); m++) {
      // Where several sources have this plan, only one of them takes another.
      if (m != member || joint.members().get(m).weight() > 1) {
        held.add(joint.members().get(m), plans.get(m));
      }
    }
    return of(held.leftTo(joint.members().get(member)), count);
  }

  private Optional<List<Plan>> plans() {
    ChainBuilder builder = new ChainBuilder(problem);
    Chain chain;
    if (problem.objective() instanceof Objective.Size) {
      SmallestPlan smallest = new SmallestPlan(problem, builder);
      if (smallest.solve() == null) {
        return Optional.of(List.of());
      }
      chain = builder.smallest(smallest.slowdown());
    } else {
      chain = builder.chain();
    }
    List<Path> all = new ArrayList<>();
    List<Chain> kinds = new ArrayList<>(List.of(chain));
    if (problem.originalMeets() && problem.costBudget() < 0) {
      kinds.add(chain.originals());
    }
    for (Chain kind : kinds) {
      Optional<List<Path>> best = best(kind);
      if (best.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(best.get());
    }
    return Optional.of(
        all.stream()
            .sorted(Comparator.comparingLong(path -> path.objective(chain)))
            .map(path -> Plan.of(problem, path.variants(), path.nodes()))
            .distinct()
            .limit(count)
            .toList());
  }

  private Optional<List<Path>> best(Chain chain) {
    Path first = BranchAndBound.solve(chain);
    if (first == null) {
      return Optional.of(List.of());
    }
    long optimum = first.objective(chain);
    double distance = Math.max(1, Math.abs((double) optimum)) * NEAR;
    while (true) {
      boolean farthest = optimum + distance >= Chain.MOST;
      long limit = farthest ? Chain.MOST : optimum + (long) distance + 1;
      Optional<List<Path>> best = NearPlans.best(chain, limit, count, effort);
      if (farthest || best.isEmpty() || best.get().size() == count) {
        return best;
      }
      distance *= FARTHER;
    }
  }
}
