package io.offloadlab.twin.study;

import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationOptions.Job;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Knows every arrival and every job of others in advance: backward induction over the recorded
 * arrivals, then decides each task by the values of what follows. A policy with perfect foresight
 * and nearly perfect planning; its utility is measured by simulating it.
 */
final class IdealPolicy extends BacklogPlanner {
  private final double[] arrivals;
  private final List<Job> jobs = new ArrayList<>();
  private float[][] values;
  private int firstJob;

  /**
   * @param arrivals of every task, in seconds
   * @param load of others, with the seed of the simulation
   */
  IdealPolicy(
      StrategyContext context, TwinSettings settings, double[] arrivals, BackgroundLoad load) {
    super(context, settings);
    this.arrivals = arrivals.clone();
    double end = arrivals.length == 0 ? 0 : arrivals[arrivals.length - 1];
    Iterator<Job> all = load.jobs(context.scenario().seed());
    for (Job job = null; all.hasNext() && (job == null || job.arrivalSeconds() <= end); ) {
      job = all.next();
      jobs.add(job);
    }
  }

  /** What followed a task. */
  private record Recorded(IdealPolicy policy, double arrival, double gap) implements Future {
    @Override
    public double cloudAfter(double backlog, double from, double seconds) {
      return policy.cloudAfter(backlog, arrival + from, seconds);
    }
  }

  private Future after(int n) {
    double gap = n + 1 < arrivals.length ? arrivals[n + 1] - arrivals[n] : 0;
    return new Recorded(this, arrivals[n], gap);
  }

  @Override
  void solve(DecisionSpace space) {
    values = new float[arrivals.length + 1][];
    values[arrivals.length] = emptyGrid();
    List<Action> all = space.all();
    for (int n = arrivals.length - 1; n >= 0; n--) {
      Future future = after(n);
      float[] later = values[n + 1];
      values[n] =
          grid(
              (device, cloud) -> {
                double most = Double.NEGATIVE_INFINITY;
                for (Action a : all) {
                  most = Math.max(most, value(a, device, cloud, 0, future, later));
                }
                return most;
              });
    }
  }

  @Override
  double value(Situation s, Action a, double device, double cloud) {
    int n = s.progress().task().id();
    return value(a, device, cloud, s.uplink(), after(n), values[n + 1]);
  }

  private double cloudAfter(double backlog, double from, double seconds) {
    double at = from;
    double left = backlog;
    for (int j = jobAfter(from); j < jobs.size(); j++) {
      Job job = jobs.get(j);
      if (job.arrivalSeconds() > from + seconds) {
        break;
      }
      left = Math.max(0, left - (job.arrivalSeconds() - at)) + job.computeSeconds();
      at = job.arrivalSeconds();
    }
    return Math.max(0, left - (from + seconds - at));
  }

  /** Index of the first job after a time; times asked for are near each other. */
  private int jobAfter(double time) {
    while (firstJob > 0 && jobs.get(firstJob - 1).arrivalSeconds() > time) {
      firstJob--;
    }
    while (firstJob < jobs.size() && jobs.get(firstJob).arrivalSeconds() <= time) {
      firstJob++;
    }
    return firstJob;
  }
}
