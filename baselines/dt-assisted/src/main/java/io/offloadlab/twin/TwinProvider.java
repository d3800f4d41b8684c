package io.offloadlab.twin;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Makes the strategy {@code dt}. */
public final class TwinProvider implements StrategyProvider {
  private static final String PREFIX = "dt.";
  private static final String CHECKPOINT = "checkpoint";
  private static final String PRESET = "preset";
  private static final int CHECKPOINT_TASKS = 500;

  @Override
  public String name() {
    return "dt";
  }

  @Override
  public String summary() {
    return "DT-assisted: decides at every boundary whether the device goes on, learning from twins";
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    String file = options(context).get(CHECKPOINT);
    Checkpoint checkpoint =
        file == null ? Checkpoint.NONE : new Checkpoint(Path.of(file), CHECKPOINT_TASKS);
    return new DigitalTwinStrategy(context, settings(context), checkpoint);
  }

  /**
   * What the options ask for.
   *
   * @throws RunFailure if an option is not understood or the scenario cannot be met
   */
  static TwinSettings settings(StrategyContext context) {
    check(context);
    Map<String, String> options = options(context);
    options.remove(CHECKPOINT);
    String preset = options.remove(PRESET);
    return TwinSettings.with(preset == null ? "default" : preset, options);
  }

  static Map<String, String> options(StrategyContext context) {
    Map<String, String> options = new TreeMap<>();
    context
        .options()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                options.put(key.substring(PREFIX.length()), value);
              }
            });
    return options;
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
                      new RunFailure(
                          "dt has no room for any exit: raise --memory-cloud or --memory-edge"));
      if (best.accuracy() < scenario.accuracyThreshold()) {
        throw new RunFailure(
            "dt cannot reach an accuracy of %s: the best exit that memory has room for, %s, has %s"
                .formatted(scenario.accuracyThreshold(), best.name(), best.accuracy()));
      }
    }
  }
}
