package io.offloadlab.legodnn.plan;

/** What planning gives. */
public sealed interface Outcome {
  /**
   * A plan.
   *
   * @param plan the plan
   * @param bound what no plan's objective is below; its own where it is a proven optimum, which it
   *     is unless the search would have taken too long
   */
  record Planned(Plan plan, double bound) implements Outcome {}

  /**
   * There is no plan.
   *
   * @param memoryIsCulprit whether more memory would make the accuracy reachable; otherwise no
   *     network of these variants has it
   * @param leastCost the least accuracy cost that was found within the memory budgets: that of any
   *     plan, unless the search would have taken too long; infinite if nothing fits into them
   * @param originalFits whether the original network fits into them
   */
  record Infeasible(boolean memoryIsCulprit, double leastCost, boolean originalFits)
      implements Outcome {}
}
