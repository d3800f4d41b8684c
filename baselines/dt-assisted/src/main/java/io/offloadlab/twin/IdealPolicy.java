package io.offloadlab.twin;

import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationOptions.Job;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Knows every arrival and every job of others in advance, for a system of one edge: backward
 * induction over the recorded arrivals on a grid of device backlog and cloud backlog, then decides
 * each task by the values of what follows.
 *
 * <p>The uplink's queue is not part of the grid, and values are interpolated, so this is a policy
 * with perfect foresight and nearly perfect planning; its utility is measured by simulating it.
 */
final class IdealPolicy extends PlanningPolicy {
  private static final int DEVICE_CELLS = 48;
  private static final int CLOUD_CELLS = 32;
  private static final double DEVICE_SPAN = 8;
  private static final double CLOUD_SPAN = 16;

  private final double[] arrivals;
  private final List<Job> jobs = new ArrayList<>();
  private float[][] values;
  private double deviceStep;
  private double cloudStep;
  private double deviceFree;
  private int firstJob;

  /**
   * @param arrivals of every task, in seconds
   * @param load of others, with the seed of the simulation
   */
  IdealPolicy(
      StrategyContext context, TwinSettings settings, double[] arrivals, BackgroundLoad load) {
    super(context, settings);
    if (context.scenario().edges() != 1 || context.scenario().tasksAtCloud()) {
      throw new IllegalArgumentException("the ideal policy is for one edge where tasks arise");
    }
    this.arrivals = arrivals.clone();
    double end = arrivals.length == 0 ? 0 : arrivals[arrivals.length - 1];
    Iterator<Job> all = load.jobs(context.scenario().seed());
    for (Job job = null; all.hasNext() && (job == null || job.arrivalSeconds() <= end); ) {
      job = all.next();
      jobs.add(job);
    }
  }

  @Override
  Action plan(Situation s) {
    if (values == null) {
      solve(s.space());
    }
    int n = s.progress().task().id();
    double now = s.progress().nowSeconds();
    double device = Math.max(0, deviceFree - now);
    Action best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Action a : s.space().all()) {
      if (budget.allows(a.accuracy())) {
        double value = value(n, a, device, s.cloud(), s.uplink());
        if (value > most) {
          most = value;
          best = a;
        }
      }
    }
    if (best.hold() > 0) {
      deviceFree = now + device + best.hold();
    }
    return best;
  }

  private void solve(DecisionSpace space) {
    double device = space.all().stream().mapToDouble(Action::hold).max().orElse(1);
    double cloud = space.all().stream().mapToDouble(Action::cloud).max().orElse(1);
    deviceStep = DEVICE_SPAN * Math.max(1e-9, device) / (DEVICE_CELLS - 1);
    cloudStep = CLOUD_SPAN * Math.max(1e-9, cloud) / (CLOUD_CELLS - 1);
    values = new float[arrivals.length + 1][];
    values[arrivals.length] = new float[DEVICE_CELLS * CLOUD_CELLS];
    List<Action> all = space.all();
    for (int n = arrivals.length - 1; n >= 0; n--) {
      float[] v = new float[DEVICE_CELLS * CLOUD_CELLS];
      for (int b = 0; b < DEVICE_CELLS; b++) {
        for (int c = 0; c < CLOUD_CELLS; c++) {
          double most = Double.NEGATIVE_INFINITY;
          for (Action a : all) {
            most = Math.max(most, value(n, a, b * deviceStep, c * cloudStep, 0));
          }
          v[b * CLOUD_CELLS + c] = (float) most;
        }
      }
      values[n] = v;
    }
  }

  /** Utility of this task and of all after it. */
  private double value(int n, Action a, double device, double cloud, double uplink) {
    double now = arrivals[n];
    double gap = n + 1 < arrivals.length ? arrivals[n + 1] - now : 0;
    boolean holds = a.hold() > 0;
    double turn = holds ? device : 0;
    double delay = turn + a.idleSeconds();
    double deviceNext = Math.max(0, device + (holds ? a.hold() : 0) - gap);
    double cloudNext;
    if (a.upload()) {
      double leaves = Math.max(turn + a.reach(), uplink);
      double reaches = leaves + a.sending() + a.travelling();
      double waits = cloudAfter(cloud, now, reaches);
      delay += leaves - turn - a.reach() + waits;
      cloudNext =
          reaches <= gap
              ? cloudAfter(waits + a.cloud(), now + reaches, gap - reaches)
              : cloudAfter(cloud, now, gap) + a.cloud();
    } else {
      cloudNext = cloudAfter(cloud, now, gap);
    }
    return utility().of(delay, a.accuracy(), a.joules()) + later(n + 1, deviceNext, cloudNext);
  }

  /** The cloud's backlog some time later, with the jobs of others that come in between. */
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

  /** Bilinear between the cells; beyond the grid the last slope goes on. */
  private double later(int n, double device, double cloud) {
    float[] v = values[n];
    double x = device / deviceStep;
    double y = cloud / cloudStep;
    int i = (int) Math.min(DEVICE_CELLS - 2, x);
    int j = (int) Math.min(CLOUD_CELLS - 2, y);
    double fx = x - i;
    double fy = y - j;
    int at = i * CLOUD_CELLS + j;
    return (1 - fx) * ((1 - fy) * v[at] + fy * v[at + 1])
        + fx * ((1 - fy) * v[at + CLOUD_CELLS] + fy * v[at + CLOUD_CELLS + 1]);
  }
}
