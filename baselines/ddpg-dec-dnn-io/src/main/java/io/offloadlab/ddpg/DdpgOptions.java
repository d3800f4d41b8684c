package io.offloadlab.ddpg;

import io.offloadlab.failure.RunFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The strategy's settings.
 *
 * @param preset {@code ddpg.preset}: {@code default}, {@code published} or a YAML file
 * @param files {@code ddpg.checkpoint} and {@code ddpg.log}: directories; none by default
 * @param reoptimiseEvery {@code ddpg.reoptimise-every}: tasks after which the plan is reconsidered;
 *     0 for never
 * @param staleness {@code ddpg.reoptimise-threshold}: mean relative change of predicted latencies
 *     beyond which it is learned anew
 */
record DdpgOptions(
    Preset preset, Planner.PlannerFiles files, int reoptimiseEvery, double staleness) {
  private static final String PREFIX = "ddpg.";
  private static final List<String> NAMES =
      List.of("preset", "checkpoint", "log", "reoptimise-every", "reoptimise-threshold");

  /**
   * Reads the options that begin with {@code ddpg.}.
   *
   * @throws RunFailure if one is unknown or has a value that it cannot have
   */
  static DdpgOptions of(Map<String, String> options) {
    for (String name : options.keySet()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name.substring(PREFIX.length()))) {
        throw new RunFailure(
            "unknown option '%s': ddpg has %s"
                .formatted(name, NAMES.stream().map(PREFIX::concat).toList()));
      }
    }
    return new DdpgOptions(
        Preset.load(options.getOrDefault(PREFIX + "preset", "default")),
        new Planner.PlannerFiles(path(options, "checkpoint"), path(options, "log")),
        (int) number(options, "reoptimise-every", 100),
        number(options, "reoptimise-threshold", 0.2));
  }

  private static Optional<Path> path(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(PREFIX + name)).map(Path::of);
  }

  private static double number(Map<String, String> options, String name, double otherwise) {
    String text = options.getOrDefault(PREFIX + name, String.valueOf(otherwise));
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new RunFailure(
          "%s%s is '%s'; it must be a number, 0 or more".formatted(PREFIX, name, text), e);
    }
    if (!(value >= 0)) {
      throw new RunFailure(
          "%s%s is '%s'; it must be a number, 0 or more".formatted(PREFIX, name, text));
    }
    return value;
  }
}
