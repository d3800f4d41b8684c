package io.offloadlab.ddpg;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;

/**
 * DEC-DNN-IO under the name {@code ddpg}. Options: {@code ddpg.preset} (default, published or a
 * YAML file), {@code ddpg.checkpoint} and {@code ddpg.log} (directories), {@code
 * ddpg.reoptimise-every} (tasks) and {@code ddpg.reoptimise-threshold}.
 */
public final class DdpgProvider implements StrategyProvider {
  @Override
  public String name() {
    return "ddpg";
  }

  @Override
  public String summary() {
    return "early exits, split points and cloud cores learned by deep deterministic policy gradient"
        + " (Xu et al., IEEE IoT-J 2024)";
  }

  /**
   * An agent per tuple of exits, 3 to the power of the number of edges: the 9 of two took 1.9 s.
   */
  @Override
  public int mostEdges() {
    return 4;
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    DdpgOptions options = DdpgOptions.of(context.options());
    Planner planner = new Planner(options.preset(), context.scenario().seed(), options.files());
    TrainingMeter meter = TrainingMeter.ofTerminal();
    return new DdpgStrategy(
        context,
        model -> planner.plan(model, meter),
        options.reoptimiseEvery(),
        options.staleness());
  }
}
