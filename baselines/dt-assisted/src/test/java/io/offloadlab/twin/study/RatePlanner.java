package io.offloadlab.twin.study;

import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationOptions.Job;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Knows the rates of arrivals and of others' jobs, but not when they come: relative value iteration
 * (Puterman, Markov Decision Processes, section 8.5) with expectations over drawn futures. Between
 * it and {@link IdealPolicy} is what only foresight can gain.
 */
final class RatePlanner extends BacklogPlanner {
  private static final int FUTURES = 32;
  private static final int ITERATIONS = 80;
  private static final int SETTLING = 40;
  private static final double HORIZON = 1;

  private final double rate;
  private final BackgroundLoad load;
  private final RandomGenerator chance;
  private List<Drawn> futures = List.of();
  private float[] values;

  /**
   * @param rate of arrivals, tasks per second
   * @param load of others
   */
  RatePlanner(StrategyContext context, TwinSettings settings, double rate, BackgroundLoad load) {
    super(context, settings);
    this.rate = rate;
    this.load = load;
    this.chance = RandomStreams.named(context.scenario().seed(), "dt/planner");
  }

  /** One thing that may happen: a gap, and the jobs of others within the horizon. */
  private record Drawn(double gap, List<Job> jobs) implements Future {
    @Override
    public double cloudAfter(double backlog, double from, double seconds) {
      double at = from;
      double left = backlog;
      for (Job job : jobs) {
        if (job.arrivalSeconds() > from + seconds) {
          break;
        }
        if (job.arrivalSeconds() > from) {
          left = Math.max(0, left - (job.arrivalSeconds() - at)) + job.computeSeconds();
          at = job.arrivalSeconds();
        }
      }
      return Math.max(0, left - (from + seconds - at));
    }
  }

  private List<Drawn> draw() {
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < FUTURES; i++) {
      List<Job> jobs = new ArrayList<>();
      Iterator<Job> all = load.jobs(chance.nextLong());
      for (Job job = null; all.hasNext() && (job == null || job.arrivalSeconds() <= HORIZON); ) {
        job = all.next();
        jobs.add(job);
      }
      drawn.add(new Drawn(chance.nextExponential() / rate, jobs));
    }
    return drawn;
  }

  @Override
  void solve(DecisionSpace space) {
    values = emptyGrid();
    for (int i = 1; i <= ITERATIONS; i++) {
      futures = draw();
      float[] next =
          grid(
              (device, cloud) -> {
                double most = Double.NEGATIVE_INFINITY;
                for (Action a : space.all()) {
                  most = Math.max(most, expected(a, device, cloud, 0));
                }
                return most;
              });
      // Draws differ, so once values have settled they are averaged over iterations.
      double weight = 1.0 / Math.max(1, i - SETTLING);
      for (int c = next.length - 1; c >= 0; c--) {
        values[c] += (float) (weight * (next[c] - next[0] - values[c]));
      }
    }
  }

  private double expected(Action a, double device, double cloud, double uplink) {
    double sum = 0;
    for (Future f : futures) {
      sum += value(a, device, cloud, uplink, f, values);
    }
    return sum / futures.size();
  }

  @Override
  double value(Situation s, Action a, double device, double cloud) {
    return expected(a, device, cloud, s.uplink());
  }
}
