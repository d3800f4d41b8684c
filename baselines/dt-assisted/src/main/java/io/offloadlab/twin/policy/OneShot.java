package io.offloadlab.twin.policy;

import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.Comparator;

/** Decides at arrival, from the queues as they are then, for the task's own good. */
public final class OneShot extends PlanningPolicy {
  /**
   * @param context the model and the scenario
   * @param settings of which the weights of the utility matter
   */
  public OneShot(StrategyContext context, TwinSettings settings) {
    super(context, settings);
  }

  @Override
  protected Action plan(Situation s) {
    return s.space().all().stream()
        .filter(a -> budget().allows(a.accuracy()))
        .max(Comparator.comparingDouble(a -> own(s, a)))
        .orElseGet(() -> s.space().all().get(0));
  }

  private double own(Situation s, Action a) {
    boolean passes = s.atArrival() && a.boundary() == 0;
    double before = passes ? 0 : s.turnIn() + a.reach();
    return utility()
        .of(
            a,
            passes ? 0 : s.turnIn(),
            Math.max(0, s.uplink() - before),
            Math.max(0, s.cloud() - before));
  }
}
