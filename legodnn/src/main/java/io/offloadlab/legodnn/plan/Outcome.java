package io.offloadlab.legodnn.plan;

/** What planning gives. */
public sealed interface Outcome {
  /**
   * A proven optimum.
   *
   * @param plan the plan
   */
  record Planned(Plan plan) implements Outcome {}

  /**
   * Proof that there is no plan.
   *
   * @param memoryIsCulprit whether more memory would make the accuracy reachable; otherwise no
   *     network of these variants has it
   * @param leastCost the least accuracy cost of any plan within the memory budgets; infinite if
   *     nothing fits into them
   * @param originalFits whether the original network fits into them
   */
  record Infeasible(boolean memoryIsCulprit, double leastCost, boolean originalFits)
      implements Outcome {}
}
