package io.offloadlab.legodnn;

import io.offloadlab.legodnn.accuracy.AccuracyPredictor;
import io.offloadlab.legodnn.accuracy.AdditivePredictor;
import io.offloadlab.legodnn.accuracy.CrossValidation;
import io.offloadlab.legodnn.accuracy.Margin;
import io.offloadlab.legodnn.accuracy.MultiplicativePredictor;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.OptionSet;

/** LegoDNN under the name {@code legodnn}; its options are {@link LegoDnnOptions}. */
public final class LegoDnnProvider implements StrategyProvider {
  static final String NAME = "legodnn";

  /** Share of unseen networks that the automatic margin covers. */
  static final double COVERED = 0.95;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "compressed blocks, chosen and placed to proven optimality under accuracy and memory"
        + " budgets (Han et al., MobiCom 2021)";
  }

  @Override
  public Standing standing() {
    return Standing.studied(1).asYardstick();
  }

  @Override
  public OptionSet options() {
    return LegoDnnOptions.SET;
  }

  /** One plan per source, each over all nodes: 64 edges took 19 seconds, 128 took 37. */
  @Override
  public int mostEdges() {
    return 64;
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    LegoDnnOptions options = LegoDnnOptions.of(context.options());
    ModelProfile profile = context.profile();
    AccuracyPredictor predictor =
        options.additive() ? new AdditivePredictor(profile) : MultiplicativePredictor.fit(profile);
    LegoNetwork network = LegoNetwork.of(context, options.ratio(), predictor);
    Margin margin =
        options.margin().isPresent()
            ? Margin.constant(options.margin().getAsDouble())
            : margin(profile, options.additive());
    RoutePlanner planner =
        new RoutePlanner(network, context.scenario(), predictor, options.objective(), margin);
    planner.checkFeasible();
    return new LegoDnnStrategy(
        network, predictor, planner, new Staleness(options.replanThreshold()));
  }

  private static Margin margin(ModelProfile profile, boolean additive) {
    CrossValidation errors =
        additive ? CrossValidation.ofAdditive(profile) : CrossValidation.ofMultiplicative(profile);
    return errors.margin(COVERED);
  }
}
