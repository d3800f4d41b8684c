package io.offloadlab.twin;

import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.TaskRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A policy that decides once, at a task's arrival, and keeps to it. */
abstract class PlanningPolicy extends BoundaryStrategy {
  private final Map<Integer, Action> plans = new HashMap<>();

  PlanningPolicy(StrategyContext context, TwinSettings settings) {
    super(context, settings);
  }

  /** The stop to make for. */
  abstract Action plan(Situation s);

  @Override
  Action decide(Situation s, List<Action> stops, boolean mustStop) {
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
