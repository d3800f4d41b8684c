package io.offloadlab.legodnn.plan;

import java.util.List;
import java.util.OptionalDouble;

/** What planning for several sources gives. */
public sealed interface JointOutcome {
  /**
   * Plans within the budgets.
   *
   * @param plans one per member
   * @param value what they come to: the members' objectives, by weight, added up
   * @param bound what no plans can be below, at most the value; equal to it where they are a proven
   *     optimum; empty where there is none to be had (size, when memory is short)
   */
  record Planned(List<Plan> plans, double value, OptionalDouble bound) implements JointOutcome {
    /** Copies the list. */
    public Planned {
      plans = List.copyOf(plans);
    }

    /** The same where nothing bounds them. */
    public Planned unproven() {
      return new Planned(plans, value, OptionalDouble.empty());
    }

    /** Whether no plans are better. */
    public boolean isProven() {
      return bound.isPresent() && bound.getAsDouble() >= value;
    }

    /** By what share of the value the plans may be worse than the best; 0 for a proven optimum. */
    public OptionalDouble gap() {
      if (bound.isEmpty() || isProven()) {
        return bound.isEmpty() ? bound : OptionalDouble.of(0);
      }
      return OptionalDouble.of(value > 0 ? 1 - bound.getAsDouble() / value : 1);
    }
  }

  /**
   * One of the members has no plan, even alone.
   *
   * @param why what is wrong
   */
  record Infeasible(Outcome.Infeasible why) implements JointOutcome {}
}
