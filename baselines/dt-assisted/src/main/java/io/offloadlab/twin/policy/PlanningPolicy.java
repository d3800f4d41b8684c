package io.offloadlab.twin.policy;

import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A policy that decides once, at a task's arrival, and keeps to it. */
public abstract class PlanningPolicy extends BoundaryStrategy {
  private final Map<Integer, Action> plans = new HashMap<>();

  /**
   * @param context the model and the scenario
   * @param settings see the presets
   */
  protected PlanningPolicy(StrategyContext context, TwinSettings settings) {
    super(context, settings);
  }

  /** The stop to make for. */
  protected abstract Action plan(Situation s);

  @Override
  protected final Action decide(Situation s, List<Action> stops, boolean mustStop) {
    Action plan = plans.computeIfAbsent(s.progress().task().id(), id -> plan(s));
    if (stops.contains(plan)) {
      return plan;
    }
    return mustStop ? Moment.of(s).best(stops, utility()) : null;
  }

  @Override
  public void finished(TaskRecord record, double nowSeconds) {
    super.finished(record, nowSeconds);
    plans.remove(record.task().id());
  }
}
