package io.offloadlab.bench;

import io.offloadlab.failure.UsageError;
import io.offloadlab.nn.Engines;
import picocli.CommandLine.Option;

/** Which engine infers. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Engines.AUTO,
      description =
          "What infers: onednn, onnxruntime, pytorch (layer by layer), auto for the fastest of"
              + " them, measured for each program and batch, or onednn-bfloat16 (less exact)."
              + " Default: ${DEFAULT-VALUE}.")
  private String name;

  /**
   * The engine's name.
   *
   * @throws UsageError if there is none of that name
   */
  String name() {
    if (!Engines.names().contains(name)) {
      throw new UsageError(
          "there is no engine '%s': --engine is one of %s"
              .formatted(name, String.join(", ", Engines.names())));
    }
    return name;
  }
}
