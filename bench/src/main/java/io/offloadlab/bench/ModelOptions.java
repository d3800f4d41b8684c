package io.offloadlab.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that name the network and its images. */
final class ModelOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Data set. Default: cifar100 when its weights are there, else cifar10.")
  String dataset;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "resnet18",
      description = "Network. Default: ${DEFAULT-VALUE}.")
  String model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with the images. Default: $$OFFLOADLAB_DATA, the cache, then a download.")
  Path data;
}
