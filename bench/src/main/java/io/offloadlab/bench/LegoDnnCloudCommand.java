package io.offloadlab.bench;

import io.offloadlab.failure.UsageError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/legodnn cloud}, with the published program's name of an option. */
@Command(
    name = "cloud",
    description = "Runs the cloud node: waits for the edges, then runs the task stream.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class LegoDnnCloudCommand extends CloudCommand {
  @Option(
      names = {"--compress-layer-max-ratio", "--compress_layer_max_ratio"},
      paramLabel = "R",
      description = "Most of the convolutions that one block may hold. Default: 0.2.")
  private Double ratio;

  @Override
  public Integer call() {
    if (ratio != null) {
      // Under its own name: the strategy's option would be named by another that was not typed.
      if (!(ratio > 0 && ratio <= 1)) {
        throw new UsageError("--compress-layer-max-ratio is in (0, 1], not " + ratio);
      }
      run.options.put("legodnn.ratio", ratio.toString());
    }
    return super.call();
  }
}
