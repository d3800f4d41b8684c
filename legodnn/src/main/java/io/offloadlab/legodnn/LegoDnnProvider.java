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
    return "compressed blocks, chosen and placed under accuracy and memory budgets (Han et al.,"
        + " MobiCom 2021)";
  }

  @Override
  public Standing standing() {
    return Standing.studied(1).asYardstick();
  }

  @Override
  public OptionSet options() {
    return LegoDnnOptions.SET;
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    Made made = Made.of(context);
    made.planner().checkFeasible();
    return new LegoDnnStrategy(
        made.network(),
        made.predictor(),
        made.planner(),
        new Staleness(made.options().replanThreshold()));
  }

  /** What a context is made into. */
  record Made(
      LegoDnnOptions options,
      AccuracyPredictor predictor,
      LegoNetwork network,
      RoutePlanner planner) {
    /**
     * Of a context.
     *
     * @throws io.offloadlab.failure.UsageError if an option is not understood
     */
    static Made of(StrategyContext context) {
      LegoDnnOptions options = LegoDnnOptions.of(context.options());
      ModelProfile profile = context.profile();
      AccuracyPredictor predictor =
          options.additive()
              ? new AdditivePredictor(profile)
              : MultiplicativePredictor.fit(profile);
      LegoNetwork network = LegoNetwork.of(context, options.ratio(), predictor);
      Margin margin =
          options.margin().isPresent()
              ? Margin.constant(options.margin().getAsDouble())
              : margin(profile, options.additive());
      AccuracyBudget accuracy = new AccuracyBudget(network, context.scenario(), predictor, margin);
      return new Made(
          options,
          predictor,
          network,
          new RoutePlanner(network, context.scenario(), accuracy, options.objective()));
    }
  }

  private static Margin margin(ModelProfile profile, boolean additive) {
    CrossValidation errors =
        additive ? CrossValidation.ofAdditive(profile) : CrossValidation.ofMultiplicative(profile);
    return errors.margin(COVERED);
  }
}
