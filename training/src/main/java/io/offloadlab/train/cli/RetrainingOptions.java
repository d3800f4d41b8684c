package io.offloadlab.train.cli;

import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.train.blocks.EarlierBlocks;
import io.offloadlab.train.blocks.Retraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that say what variants learn from and what they are before. */
final class RetrainingOptions {
  @Option(
      names = "--retraining",
      paramLabel = "blockwise|joint",
      defaultValue = "blockwise",
      description =
          "What variants learn from. blockwise: every one alone, from its own block; joint: random combinations of them, from the whole network. Default: ${DEFAULT-VALUE}.")
  private String retraining;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Begins from the blocks.safetensors of this folder, made for the same backbone, instead of the least-squares fit; filters that it lacks are the original's.")
  private Path from;

  /**
   * What variants learn from.
   *
   * @throws ParameterException if the option is wrong
   */
  Retraining retraining(CommandSpec spec) {
    try {
      return Retraining.of(retraining);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * The blocks to begin from, if there are to be any.
   *
   * @param backbone file of the weights that they must be for
   */
  Optional<EarlierBlocks> from(
      Path backbone, List<Piece> wanted, List<Double> sparsities, PruningRule rule) {
    return Optional.ofNullable(from)
        .map(folder -> EarlierBlocks.in(folder, backbone, wanted, sparsities, rule));
  }
}
