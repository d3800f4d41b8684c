package io.offloadlab.train.cli;

import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.train.blocks.BlockRecipe;
import io.offloadlab.train.blocks.Retraining;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that say how blocks are made. */
final class BlockRecipeOptions {
  @Option(
      names = "--sparsities",
      split = ",",
      paramLabel = "S",
      defaultValue = "0.2,0.4,0.6,0.8",
      description = "Fractions of filters to remove. Default: ${DEFAULT-VALUE}.")
  private List<Double> sparsities;

  @Option(
      names = "--channels-multiple",
      paramLabel = "M",
      defaultValue = "1",
      description =
          "Rounds the filters that are kept up to a multiple of M: 16 fits AVX-512. Default: ${DEFAULT-VALUE}, the published counts.")
  private int multiple;

  @Option(
      names = {"--compress-layer-max-ratio", "--compress_layer_max_ratio"},
      paramLabel = "R",
      defaultValue = "0.2",
      description = "Most of the convolutions that one block may hold. Default: ${DEFAULT-VALUE}.")
  private double ratio;

  @Option(
      names = "--least-squares",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Begin with the kernels that fit the original best. Default: ${DEFAULT-VALUE}.")
  private boolean leastSquares;

  @Option(
      names = "--calibration",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Images that the fit looks at. Default: ${DEFAULT-VALUE}.")
  private int calibration;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "12",
      description = "Passes of retraining; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images per step. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Adam's highest learning rate. Default: 3e-4 to retrain blocks one by one, 1e-4 jointly.")
  private Double rate;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "2147483647",
      description = "Training images to use at most. Default: all.")
  private int limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Decides every random choice. Default: ${DEFAULT-VALUE}.")
  private long seed;

  PruningRule rule(CommandSpec spec) {
    try {
      return new PruningRule(multiple);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  BlockRecipe recipe(CommandSpec spec, Retraining retraining) {
    try {
      return new BlockRecipe(
          sparsities,
          ratio,
          leastSquares,
          calibration,
          epochs,
          batch,
          rate == null ? retraining.usualRate() : rate,
          BlockRecipe.shipped().augmentation(),
          limit,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
