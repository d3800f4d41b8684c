package io.offloadlab.ddpg;

import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.planning.ExhaustiveOracle;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.OptionSet;

/**
 * The best DEC-DNN-IO plan by exhaustive search under the name {@code ddpg-oracle}: what {@code
 * ddpg} can reach at most. Takes the same options, of which the objective and those of
 * re-optimisation matter.
 */
public final class DdpgOracleProvider implements StrategyProvider {
  @Override
  public String name() {
    return "ddpg-oracle";
  }

  @Override
  public String summary() {
    return "the best exits, split points and cloud cores by exhaustive search: ddpg's bound";
  }

  @Override
  public OptionSet options() {
    return DdpgOptions.SET;
  }

  @Override
  public int cloudCoresPerEdge(Arrivals arrivals) {
    return CollaborationModel.sharesCores(arrivals) ? 1 : 0;
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    DdpgOptions options = DdpgOptions.of(context.options());
    return new DdpgStrategy(
        context,
        options.preset().reward(),
        ExhaustiveOracle::solve,
        options.reoptimiseEvery(),
        options.staleness());
  }
}
