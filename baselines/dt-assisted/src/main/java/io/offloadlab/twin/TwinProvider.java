package io.offloadlab.twin;

import io.offloadlab.failure.Infeasible;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.OptionSet;
import io.offloadlab.twin.decision.Chains;
import io.offloadlab.twin.decision.ExitPoint;
import io.offloadlab.twin.decision.Stop;
import io.offloadlab.twin.decision.Stops;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.Comparator;

/** Makes the strategy {@code dt}; its options are {@link TwinOptions}. */
public final class TwinProvider implements StrategyProvider {
  static final String NAME = "dt";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "DT-assisted: decides at every boundary whether the device goes on, learning from twins";
  }

  @Override
  public Standing standing() {
    return Standing.studied(3);
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public OptionSet options() {
    return TwinOptions.SET;
  }

  @Override
  public String tool() {
    return "dt-assisted";
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    TwinOptions options = TwinOptions.of(context.options());
    check(context);
    return new DigitalTwinStrategy(context, options.settings(), options.checkpoint());
  }

  /**
   * What the options ask for.
   *
   * @throws io.offloadlab.failure.UsageError if an option is not understood
   * @throws Infeasible if the scenario cannot be met
   */
  static TwinSettings settings(StrategyContext context) {
    TwinSettings settings = TwinOptions.of(context.options()).settings();
    check(context);
    return settings;
  }

  private static void check(StrategyContext context) {
    Scenario scenario = context.scenario();
    Stops stops = Stops.of(Chains.of(context), scenario);
    for (int edge = 1; edge <= scenario.edges(); edge++) {
      ExitPoint best =
          stops.of(NodeId.edge(edge)).stream()
              .map(Stop::exit)
              .max(Comparator.comparingDouble(ExitPoint::accuracy))
              .orElseThrow(
                  () ->
                      new Infeasible(
                          "dt has no room for any exit: raise --memory-cloud or --memory-edge"));
      if (best.accuracy() < scenario.accuracyThreshold()) {
        throw new Infeasible(
            "dt cannot reach an accuracy of %s: the best exit that memory has room for, %s, has %s"
                .formatted(scenario.accuracyThreshold(), best.name(), best.accuracy()));
      }
    }
  }
}
