package io.offloadlab.train.cli;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options that say what to compute on. */
final class MachineOptions {
  @Option(
      names = "--device",
      paramLabel = "cpu|gpu",
      defaultValue = "cpu",
      description = "Where to compute. Default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Cores to compute with. Default: all.")
  private Integer threads;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that prepare batches. Default: ${DEFAULT-VALUE}.")
  private int workers;

  /** For inference. */
  Engine engine() {
    return Engine.open(processor(), cores());
  }

  /** For training, which is PyTorch's. */
  PyTorchEngine trainer() {
    return new PyTorchEngine(processor(), cores());
  }

  boolean gpu() {
    return processor() == Engine.Processor.GPU;
  }

  private Engine.Processor processor() {
    return Engine.Processor.valueOf(device.toUpperCase(Locale.ROOT));
  }

  private int cores() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  int workers() {
    return workers;
  }

  /** What is wrong with the options, or nothing. */
  String mistake() {
    if (!device.equalsIgnoreCase("cpu") && !device.equalsIgnoreCase("gpu")) {
      return "--device is cpu or gpu, not '%s'".formatted(device);
    }
    if ((threads != null && threads < 1) || workers < 1) {
      return "--threads and --workers are at least 1";
    }
    return "";
  }
}
