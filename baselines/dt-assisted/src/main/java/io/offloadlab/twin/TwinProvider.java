package io.offloadlab.twin;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Makes the strategy {@code dt}. */
public final class TwinProvider implements StrategyProvider {
  private static final String PREFIX = "dt.";
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
    check(context);
    Map<String, String> options = options(context);
    String preset = options.getOrDefault("preset", "default");
    options.remove("preset");
    String file = options.remove("checkpoint");
    Checkpoint checkpoint =
        file == null ? Checkpoint.NONE : new Checkpoint(Path.of(file), CHECKPOINT_TASKS);
    return new DigitalTwinStrategy(context, TwinSettings.with(preset, options), checkpoint);
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
    ExitPoint best =
        Chains.of(context).exits().stream()
            .max(Comparator.comparingDouble(ExitPoint::accuracy))
            .orElseThrow();
    double threshold = context.scenario().accuracyThreshold();
    if (best.accuracy() < threshold) {
      throw new RunFailure(
          "dt cannot reach an accuracy of %s: the best exit, %s, has %s"
              .formatted(threshold, best.name(), best.accuracy()));
    }
  }
}
