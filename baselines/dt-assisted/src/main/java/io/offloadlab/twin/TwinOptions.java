package io.offloadlab.twin;

import static io.offloadlab.strategy.option.Range.NOT_NEGATIVE;
import static io.offloadlab.strategy.option.Range.POSITIVE;
import static io.offloadlab.strategy.option.Range.SHARE;

import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.strategy.option.OptionSet;
import io.offloadlab.strategy.option.Range;
import io.offloadlab.twin.decision.EnergyModel;
import io.offloadlab.twin.learning.TwinCheckpoint;
import io.offloadlab.twin.settings.Objective;
import io.offloadlab.twin.settings.TwinSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strategy's options: a preset, single settings in its stead, and a checkpoint. Defaults are
 * those of the preset {@code default}.
 *
 * @param settings that the strategy works with
 * @param checkpoint where learning goes on from and is kept
 */
record TwinOptions(TwinSettings settings, TwinCheckpoint checkpoint) {
  private static final int CHECKPOINT_TASKS = 500;
  private static final TwinSettings USUAL = TwinSettings.preset(TwinSettings.PRESETS.get(0));

  private static final List<String> WEIGHTS = List.of("alpha", "alpha-gain", "beta");

  private static final Option<String> PRESET =
      Option.word("preset", TwinSettings.PRESETS, "where settings that are not given come from");
  private static final Option<Path> CHECKPOINT =
      Option.file("checkpoint", "a file", "what was learned: written, and gone on from");

  private static final List<Option<?>> SETTINGS =
      List.of(
          Option.word(
              "objective",
              Objective.WORDS,
              "latency: least mean latency at the accuracy threshold; utility: weighed by alpha and beta, and so where one of these is given"),
          Option.number("alpha", USUAL.alpha(), NOT_NEGATIVE, "seconds that accuracy 1 is worth"),
          Option.number(
              "alpha-gain",
              USUAL.alphaGain(),
              NOT_NEGATIVE,
              "by how much alpha grows per unit of accuracy that the stream lacks"),
          Option.number("beta", USUAL.beta(), NOT_NEGATIVE, "seconds that one joule is worth"),
          yaml(
              "energy",
              "{computeWatts: %s, sendWatts: %s}"
                  .formatted(USUAL.energy().computeWatts(), USUAL.energy().sendWatts()),
              "powers such as {computeWatts: 3.0, sendWatts: 1.3}",
              "what a device draws above idle",
              EnergyModel.class),
          yaml(
              "hidden",
              USUAL.hidden().toString(),
              "a list of sizes such as [32, 16]",
              "sizes of the network's hidden layers",
              int[].class),
          Option.number("learning-rate", USUAL.learningRate(), POSITIVE, "of Adam"),
          Option.whole(
              "minibatch", USUAL.minibatch(), Range.atLeast(1), "samples per gradient step"),
          Option.whole(
              "replay",
              USUAL.replay(),
              Range.atLeast(1),
              "samples that are kept, at least a minibatch"),
          Option.whole(
              "train-every", USUAL.trainEvery(), Range.atLeast(1), "tasks between gradient steps"),
          Option.flag(
              "lookahead",
              USUAL.lookahead(),
              "whether the network corrects a prediction that knows the queues"),
          Option.flag(
              "ask-at-arrival",
              USUAL.askAtArrival(),
              "whether a task may upload before the device is free for it"),
          Option.flag(
              "congestion",
              USUAL.congestion(),
              "whether an upload is charged for the delay that it causes to others"),
          Option.flag(
              "hindsight",
              USUAL.hindsight(),
              "whether the network counts only as far as it was borne out"),
          Option.flag(
              "augment",
              USUAL.augment(),
              "whether it learns from what other decisions would have led to"),
          Option.flag(
              "status-twin",
              USUAL.statusTwin(),
              "whether a device's progress is predicted instead of signalled"),
          Option.flag("prune", USUAL.prune(), "whether decisions that are never best are left out"),
          Option.number("exploration", USUAL.exploration(), SHARE, "share of random decisions"));

  static final OptionSet SET = set();

  private static OptionSet set() {
    List<Option<?>> all = new ArrayList<>(List.of(PRESET, CHECKPOINT));
    all.addAll(SETTINGS);
    return new OptionSet(TwinProvider.NAME, all);
  }

  /**
   * Binds what was given.
   *
   * @throws io.offloadlab.failure.UsageError if an option is unknown or has a value that it cannot
   *     have
   */
  static TwinOptions of(Map<String, String> options) {
    OptionSet.Values values = SET.read(options);
    Map<String, String> given = new LinkedHashMap<>();
    for (Option<?> setting : SETTINGS) {
      if (values.find(setting).isPresent()) {
        given.put(setting.name(), options.get(SET.key(setting)));
      }
    }
    weighs(given);
    return new TwinOptions(
        TwinSettings.with(values.get(PRESET), given),
        values
            .find(CHECKPOINT)
            .map(file -> new TwinCheckpoint(file, CHECKPOINT_TASKS))
            .orElse(TwinCheckpoint.NONE));
  }

  /** Weights are those of the utility: who sets one asks for it. */
  private static void weighs(Map<String, String> given) {
    for (String weight : WEIGHTS) {
      if (given.containsKey(weight)
          && Objective.WORDS
              .get(0)
              .equals(given.putIfAbsent("objective", Objective.WORDS.get(1)))) {
        throw new UsageError(
            "dt.%s is a weight of dt.objective=utility, not of latency: leave one of the two out"
                .formatted(weight));
      }
    }
  }

  private static <T> Option<T> yaml(
      String name, String byDefault, String valid, String docs, Class<T> type) {
    return Option.of(
        name,
        byDefault,
        valid,
        docs,
        text -> {
          try {
            return Document.value(text, type);
          } catch (UsageError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        });
  }
}
