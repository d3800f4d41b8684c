package io.offloadlab.train.cli;

import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that says what to train in. */
final class PrecisionOption {
  private static final String AUTO = "auto";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Linux's names of the instructions that multiply bfloat16. */
  private static final Set<String> INSTRUCTIONS = Set.of("avx512_bf16", "amx_bf16");

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
        .orElse(!gpu && multipliesBfloat16(PROCESSOR) ? Precision.BFLOAT16 : Precision.FLOAT32);
  }

  /**
   * Whether the first processor of Linux's list has instructions for bfloat16. Without them PyTorch
   * computes it in float32 and rounds, which is slower than float32.
   */
  static boolean multipliesBfloat16(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      List<String> flags =
          lines
              .filter(l -> l.startsWith("flags"))
              .findFirst()
              .map(l -> Arrays.asList(l.split("\\s+")))
              .orElse(List.of());
      return flags.stream().anyMatch(INSTRUCTIONS::contains);
    } catch (IOException e) {
      // Another system than Linux, which does not say.
      return false;
    }
  }
}
