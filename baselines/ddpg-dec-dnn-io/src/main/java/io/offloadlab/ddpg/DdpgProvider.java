package io.offloadlab.ddpg;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.planning.TrainingMeter;
import io.offloadlab.ddpg.planning.TuplePlanner;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.OptionSet;

/** DEC-DNN-IO under the name {@code ddpg}; its options are {@link DdpgOptions}. */
public final class DdpgProvider implements StrategyProvider {
  static final String NAME = "ddpg";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "early exits, split points and cloud cores learned by deep deterministic policy gradient"
        + " (Xu et al., IEEE IoT-J 2024)";
  }

  @Override
  public Standing standing() {
    return Standing.studied(2);
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public OptionSet options() {
    return DdpgOptions.SET;
  }

  @Override
  public String tool() {
    return "ddpg-dec-dnn-io";
  }

  /**
   * An agent per tuple of exits, 3 to the power of the number of edges: the 9 of two took 1.9 s.
   */
  @Override
  public int mostEdges() {
    return 4;
  }

  @Override
  public int cloudCoresPerEdge(Arrivals arrivals) {
    return CollaborationModel.sharesCores(arrivals) ? 1 : 0;
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    if (!context.profile().exits().keySet().containsAll(BranchyNet.EXITS)) {
      throw new Infeasible(
          "ddpg chooses among the exits %s, and this network has %s: name a model with trained exits"
              .formatted(BranchyNet.EXITS, context.profile().exits().keySet()));
    }
    DdpgOptions options = DdpgOptions.of(context.options());
    TuplePlanner planner =
        new TuplePlanner(options.preset(), context.scenario().seed(), options.files());
    TrainingMeter meter = TrainingMeter.ofTerminal();
    return new DdpgStrategy(
        context,
        options.preset().reward(),
        model -> planner.plan(model, meter),
        options.reoptimiseEvery(),
        options.staleness());
  }
}
