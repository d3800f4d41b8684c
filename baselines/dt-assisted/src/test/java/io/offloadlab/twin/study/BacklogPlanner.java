package io.offloadlab.twin.study;

import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.policy.PlanningPolicy;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.traffic.Uploads;

/**
 * Plans for a system of one edge where tasks arise, on a grid of device backlog and cloud backlog
 * whose values are what all later tasks will be worth. The uplink's queue counts for the task
 * itself but is not part of the grid, and values are interpolated, so plans are nearly the best.
 */
abstract class BacklogPlanner extends PlanningPolicy {
  private static final int DEVICE_CELLS = 48;
  private static final int CLOUD_CELLS = 32;
  private static final double DEVICE_SPAN = 8;
  private static final double CLOUD_SPAN = 16;

  private final Uploads uploads = new Uploads();
  private double deviceStep;
  private double cloudStep;
  private double deviceFree;

  /** What comes after a task's arrival, as far as it is known or supposed. */
  interface Future {
    /** Seconds until the next task. */
    double gap();

    /**
     * The cloud's backlog some time later, with the jobs of others that come in between.
     *
     * @param backlog seconds of compute
     * @param from seconds after the task's arrival at which the cloud has the backlog
     * @param seconds that pass from then on
     */
    double cloudAfter(double backlog, double from, double seconds);
  }

  BacklogPlanner(StrategyContext context, TwinSettings settings) {
    super(context, settings);
    if (context.scenario().edges() != 1 || context.scenario().tasksAtCloud()) {
      throw new IllegalArgumentException("planning is for one edge where tasks arise");
    }
  }

  /** Fills the grid before the first decision. */
  abstract void solve(DecisionSpace space);

  /** Utility of a stop and of all that follows it. */
  abstract double value(Situation s, Action a, double device, double cloud);

  @Override
  protected Action plan(Situation s) {
    DecisionSpace space = s.space();
    if (deviceStep == 0) {
      double device = space.all().stream().mapToDouble(Action::hold).max().orElse(1);
      double cloud = space.all().stream().mapToDouble(Action::cloud).max().orElse(1);
      deviceStep = DEVICE_SPAN * Math.max(1e-9, device) / (DEVICE_CELLS - 1);
      cloudStep = CLOUD_SPAN * Math.max(1e-9, cloud) / (CLOUD_CELLS - 1);
      solve(space);
    }
    double now = s.progress().nowSeconds();
    double device = Math.max(0, deviceFree - now);
    double cloud = uploads.cloudBacklog(s.cloud(), now);
    Action best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Action a : space.all()) {
      if (budget().allows(a.accuracy())) {
        double value = value(s, a, device, cloud);
        if (value > most) {
          most = value;
          best = a;
        }
      }
    }
    if (best.hold() > 0) {
      deviceFree = now + device + best.hold();
    }
    if (best.upload()) {
      uploads.add(best, now, s.uplink());
    }
    return best;
  }

  static float[] emptyGrid() {
    return new float[DEVICE_CELLS * CLOUD_CELLS];
  }

  /** The value of a cell. */
  interface Cell {
    double value(double device, double cloud);
  }

  float[] grid(Cell cell) {
    float[] v = emptyGrid();
    for (int i = 0; i < v.length; i++) {
      int row = i / CLOUD_CELLS;
      int column = i % CLOUD_CELLS;
      v[i] = (float) cell.value(row * deviceStep, column * cloudStep);
    }
    return v;
  }

  /**
   * Utility of a stop in one future.
   *
   * @param device seconds until the device is free
   * @param cloud seconds of compute that waits at the cloud
   * @param uplink seconds until the uplink is free
   * @param later grid of what follows
   */
  double value(Action a, double device, double cloud, double uplink, Future f, float[] later) {
    boolean holds = a.hold() > 0;
    double turn = holds ? device : 0;
    double delay = turn + a.idleSeconds();
    double deviceNext = Math.max(0, device + (holds ? a.hold() : 0) - f.gap());
    double cloudNext;
    if (a.upload()) {
      double leaves = Math.max(turn + a.reach(), uplink);
      double reaches = leaves + a.sending() + a.travelling();
      double waits = f.cloudAfter(cloud, 0, reaches);
      delay += leaves - turn - a.reach() + waits;
      cloudNext =
          reaches <= f.gap()
              ? f.cloudAfter(waits + a.cloud(), reaches, f.gap() - reaches)
              : f.cloudAfter(cloud, 0, f.gap()) + a.cloud();
    } else {
      cloudNext = f.cloudAfter(cloud, 0, f.gap());
    }
    return utility().of(delay, a.accuracy(), a.joules()) + at(later, deviceNext, cloudNext);
  }

  /** Bilinear between the cells; beyond the grid the last slope goes on. */
  private double at(float[] v, double device, double cloud) {
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
