package io.offloadlab.train.cli;

import io.offloadlab.train.input.Augmentation;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.train.recipe.RecipePreset;
import io.offloadlab.train.recipe.ScheduleKind;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A preset and what is changed of it. */
final class RecipeOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "shipped",
      description = "Recipe: shipped, multi-step, adam or quick. Default: ${DEFAULT-VALUE}.")
  private String preset;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the images.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Images per forward pass.")
  private Integer batch;

  @Option(names = "--accumulate", paramLabel = "N", description = "Forward passes per step.")
  private Integer accumulate;

  @Mixin private OptimizerOptions optimizer;

  @Option(names = "--rate", paramLabel = "R", description = "Highest learning rate.")
  private Double rate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "Learning rate: cosine, one-cycle, multi-step or constant.")
  private String schedule;

  @Option(names = "--warmup", paramLabel = "EPOCHS", description = "Warm-up of a cosine.")
  private Double warmup;

  @Option(names = "--smoothing", paramLabel = "S", description = "Label smoothing, in [0, 1).")
  private Double smoothing;

  @Option(
      names = "--exit-weights",
      split = ",",
      paramLabel = "W",
      description = "Weight of every exit's loss, the earliest first. Default: equal.")
  private List<Double> exitWeights;

  @Option(
      names = "--ema",
      paramLabel = "DECAY",
      description =
          "Judge and keep an exponential moving average of the weights: 0.999, say; 0 for none.")
  private Double average;

  @Option(names = "--cutout", paramLabel = "SIDE", description = "Side of the cutout; 0 for none.")
  private Integer cutout;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Share of the training images held out to choose the best epoch.")
  private Double validation;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description = "Stop after so many epochs without a better one; 0 for never.")
  private Integer patience;

  @Option(names = "--limit", paramLabel = "N", description = "Training images to use at most.")
  private Integer limit;

  @Option(names = "--seed", paramLabel = "N", description = "Decides every random choice.")
  private Long seed;

  Recipe recipe(CommandSpec spec) {
    try {
      Recipe r = named(RecipePreset.values(), "--preset", preset).recipe();
      Augmentation augmentation = r.augmentation();
      return new Recipe(
          or(epochs, r.epochs()),
          or(batch, r.batch()),
          or(accumulate, r.accumulate()),
          optimizer.settings(r.optimizer()),
          schedule == null ? r.schedule() : named(ScheduleKind.values(), "--schedule", schedule),
          or(rate, r.rate()),
          or(warmup, r.warmupEpochs()),
          or(smoothing, r.smoothing()),
          or(exitWeights, r.exitWeights()),
          or(average, r.average()),
          cutout == null ? augmentation : augmentation.withCutout(cutout),
          or(validation, r.validation()),
          or(patience, r.patience()),
          or(limit, r.limit()),
          or(seed, r.seed()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  static <T> T or(T given, T preset) {
    return given == null ? preset : given;
  }

  private static <T> T named(T[] values, String option, String name) {
    return Arrays.stream(values)
        .filter(v -> v.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is one of %s, not '%s'".formatted(option, Arrays.toString(values), name)));
  }
}
