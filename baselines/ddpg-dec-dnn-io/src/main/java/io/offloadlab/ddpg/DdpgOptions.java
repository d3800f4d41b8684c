package io.offloadlab.ddpg;

import static io.offloadlab.strategy.option.Range.NOT_NEGATIVE;

import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.planning.DdpgPreset;
import io.offloadlab.ddpg.planning.TuplePlanner;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.strategy.option.OptionSet;
import java.nio.file.Path;
import java.util.Map;

/**
 * The strategy's settings.
 *
 * @param preset hyper-parameters
 * @param files directories of checkpoints and curves; none by default
 * @param reoptimiseEvery tasks after which the plan is reconsidered; 0 for never
 * @param staleness mean relative change of predicted latencies beyond which it is learned anew
 */
record DdpgOptions(
    DdpgPreset preset, TuplePlanner.PlannerFiles files, int reoptimiseEvery, double staleness) {
  private static final Option<DdpgPreset> PRESET =
      Option.of(
          "preset",
          DdpgPreset.BUILT_IN.get(0),
          String.join(", ", DdpgPreset.BUILT_IN) + " or a YAML file",
          "hyper-parameters of the agents",
          DdpgPreset::load);
  private static final Option<String> OBJECTIVE =
      Option.word(
          "objective",
          Objective.WORDS,
          "what agents are rewarded for, among exits that keep the threshold: latency, or accuracy less latency (ipla); the preset's where it is not given");
  private static final Option<Path> CHECKPOINT =
      Option.file("checkpoint", "a directory", "checkpoints: written, and gone on from");
  private static final Option<Path> LOG =
      Option.file("log", "a directory", "training curves: CSV and TensorBoard");
  private static final Option<Integer> REOPTIMISE_EVERY =
      Option.whole(
          "reoptimise-every",
          100,
          NOT_NEGATIVE,
          "tasks after which the plan is reconsidered; 0 for never");
  private static final Option<Double> REOPTIMISE_THRESHOLD =
      Option.number(
          "reoptimise-threshold",
          0.2,
          NOT_NEGATIVE,
          "mean relative change of predicted latencies beyond which it is learned anew");

  static final OptionSet SET =
      OptionSet.of(
          DdpgProvider.NAME,
          PRESET,
          OBJECTIVE,
          CHECKPOINT,
          LOG,
          REOPTIMISE_EVERY,
          REOPTIMISE_THRESHOLD);

  /**
   * Binds what was given.
   *
   * @throws io.offloadlab.failure.UsageError if an option is unknown or has a value that it cannot
   *     have
   * @throws io.offloadlab.failure.RunFailure if the preset's file is no preset
   */
  static DdpgOptions of(Map<String, String> options) {
    OptionSet.Values values = SET.read(options);
    DdpgPreset preset = values.get(PRESET);
    return new DdpgOptions(
        values.find(OBJECTIVE).map(Objective::named).map(preset::rewarding).orElse(preset),
        new TuplePlanner.PlannerFiles(values.find(CHECKPOINT), values.find(LOG)),
        values.get(REOPTIMISE_EVERY),
        values.get(REOPTIMISE_THRESHOLD));
  }
}
