package io.offloadlab.train.cli;

import io.offloadlab.nn.pytorch.Bfloat16;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that says what to train in. */
final class PrecisionOption {
  private static final String AUTO = "auto";

  @Option(
      names = "--precision",
      paramLabel = "auto|float32|bfloat16",
      defaultValue = AUTO,
      description =
          "What convolutions are computed in; weights stay float32. auto: that of the checkpoint that is resumed, else bfloat16 on processors that multiply it, else float32. Default: ${DEFAULT-VALUE}.")
  private String precision;

  /**
   * What to train in.
   *
   * @param resumed checkpoint to go on from, or null
   * @throws ParameterException if the option is wrong
   */
  Precision precision(CommandSpec spec, Path resumed, boolean gpu) {
    if (!precision.equals(AUTO)) {
      try {
        return Precision.of(precision);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(),
            "--precision is auto, float32 or bfloat16, not '%s'".formatted(precision));
      }
    }
    return Optional.ofNullable(resumed)
        .flatMap(TrainingCheckpoint::precision)
        .orElse(!gpu && Bfloat16.isMultipliedHere() ? Precision.BFLOAT16 : Precision.FLOAT32);
  }
}
