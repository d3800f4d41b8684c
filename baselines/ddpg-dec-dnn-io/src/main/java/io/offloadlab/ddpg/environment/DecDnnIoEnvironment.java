package io.offloadlab.ddpg.environment;

import io.offloadlab.learning.rl.BoxActions;
import io.offloadlab.learning.rl.ContinuousEnvironment;
import io.offloadlab.strategy.SystemView;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.Schema;
import org.deeplearning4j.rl4j.environment.StepResult;

/**
 * DEC-DNN-IO for one tuple of exits as an RL4J environment (Xu et al., 2024): an action re-plans
 * split points and cloud cores, the next state shows what came of it, and the reward is that
 * state's worth (as published, its IPLA).
 *
 * <p>State, all dimensionless: mean accuracy; mean latency over T_max; every node's speed over the
 * fastest's; every link's two rates over the fastest's; every round-trip time over T_max. An
 * episode has no end of its own.
 */
public final class DecDnnIoEnvironment implements ContinuousEnvironment {
  private final CollaborationModel model;
  private final ExitTuple tuple;
  private final ActionDecoder decoder;
  private final RandomGenerator random;
  private final double[] system;
  private List<DevicePlan> plan;

  /**
   * @param model the problem
   * @param tuple exits of the devices
   * @param decoder what actions mean
   * @param random where random actions come from
   */
  public DecDnnIoEnvironment(
      CollaborationModel model, ExitTuple tuple, ActionDecoder decoder, RandomGenerator random) {
    this.model = model;
    this.tuple = tuple;
    this.decoder = decoder;
    this.random = random;
    this.system = normalised(model.view(), model.slowestOnDevice());
    reset();
  }

  private static double[] normalised(SystemView view, double latency) {
    double fastest =
        view.nodes().stream().mapToDouble(SystemView.NodeView::flopsPerSecond).max().orElseThrow();
    double widest =
        view.links().stream()
            .mapToDouble(l -> Math.max(l.upBytesPerSecond(), l.downBytesPerSecond()))
            .max()
            .orElseThrow();
    double[] values = new double[view.nodes().size() + 3 * view.links().size()];
    int i = 0;
    for (SystemView.NodeView n : view.nodes()) {
      values[i++] = n.flopsPerSecond() / fastest;
    }
    for (SystemView.LinkView l : view.links()) {
      values[i++] = share(l.upBytesPerSecond(), widest);
      values[i++] = share(l.downBytesPerSecond(), widest);
      values[i++] = l.rttSeconds() / latency;
    }
    return values;
  }

  /** An unshaped link's rate may be infinite. */
  private static double share(double rate, double widest) {
    return Double.isInfinite(rate) ? 1 : rate / widest;
  }

  @Override
  public Schema<double[]> getSchema() {
    return new Schema<>(new BoxActions(2 * model.devices(), random));
  }

  /** Back to the middle of the cube of actions. */
  @Override
  public Map<String, Object> reset() {
    plan = decoder.decode(new double[2 * model.devices()], tuple, model);
    return ContinuousEnvironment.channels(observation());
  }

  @Override
  public StepResult step(double[] action) {
    plan = decoder.decode(action, tuple, model);
    return new StepResult(ContinuousEnvironment.channels(observation()), model.worth(plan), false);
  }

  /** The state, as the agent sees it. */
  public double[] observation() {
    double[] values = new double[2 + system.length];
    values[0] = model.accuracy(tuple);
    values[1] = model.meanSeconds(plan) / model.slowestOnDevice();
    System.arraycopy(system, 0, values, 2, system.length);
    return values;
  }

  /** The plan in force. */
  public List<DevicePlan> plan() {
    return plan;
  }

  @Override
  public int observationSize() {
    return 2 + system.length;
  }

  @Override
  public boolean isEpisodeFinished() {
    return false;
  }

  @Override
  public String description() {
    return "DEC-DNN-IO %s, %s".formatted(tuple, model.description());
  }

  @Override
  public void close() {}
}
