package io.offloadlab.twin.policy;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.twin.decision.Chains;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.function.Consumer;

/** Long-run utility of a stream: the mean over its tasks of what each of them was worth. */
public final class UtilityMeter implements Consumer<TaskRecord> {
  private static final double MS = 1e3;

  private final Chains chains;
  private final TwinSettings settings;
  private final SystemView view;
  private final long skip;
  private long seen;
  private long tasks;
  private double utility;
  private double delay;
  private double accuracy;
  private double joules;

  /**
   * @param view for the time that sending takes
   * @param skip tasks at the beginning that do not count
   */
  public UtilityMeter(Chains chains, TwinSettings settings, SystemView view, long skip) {
    this.chains = chains;
    this.settings = settings;
    this.view = view;
    this.skip = skip;
  }

  @Override
  public void accept(TaskRecord r) {
    if (seen++ < skip) {
      return;
    }
    double seconds = r.latency().totalMs() / MS;
    double right = chains.exitOf(r.route()).accuracy();
    double spent = settings.energy().joules(r.latency().edgeMs() / MS, sending(r));
    tasks++;
    delay += seconds;
    accuracy += right;
    joules += spent;
    utility +=
        new Utility(settings.accuracyWeight(), settings.jouleWeight()).of(seconds, right, spent);
  }

  /** Seconds for which the device sends. */
  private double sending(TaskRecord r) {
    Task task = r.task();
    Route route = r.route();
    double rate = view.link(task.device()).upBytesPerSecond();
    boolean fromSource = !task.source().isCloud() && route.hops().get(0).node().isCloud();
    if (fromSource) {
      return route.input().bytes() * task.batch() / rate;
    }
    for (int i = 1; i < route.hops().size(); i++) {
      Hop before = route.hops().get(i - 1);
      if (!before.node().isCloud() && route.hops().get(i).node().isCloud()) {
        return before.component().output().bytes() * task.batch() / rate;
      }
    }
    return 0;
  }

  long tasks() {
    return tasks;
  }

  /** Mean of the tasks that count, in seconds. */
  public double meanUtility() {
    return utility / tasks;
  }

  /** Mean of the tasks that count. */
  public double meanDelaySeconds() {
    return delay / tasks;
  }

  /** Mean of the tasks that count, in 0..1. */
  public double meanAccuracy() {
    return accuracy / tasks;
  }

  /** Mean of the tasks that count. */
  public double meanJoules() {
    return joules / tasks;
  }
}
