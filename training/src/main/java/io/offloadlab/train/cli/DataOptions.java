package io.offloadlab.train.cli;

import io.offloadlab.data.DataStore;
import io.offloadlab.data.Dataset;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Lookup;
import io.offloadlab.data.Split;
import io.offloadlab.failure.RunFailure;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that name the images. */
final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      description = "Data set: cifar100, cifar10, fashion-mnist or fashion-mnist-sample.")
  private String dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with the images. Default: $$OFFLOADLAB_DATA, the cache, then a download.")
  private Path data;

  Dataset dataset(CommandSpec spec) {
    return named(spec, "--dataset", dataset);
  }

  static Dataset named(CommandSpec spec, String option, String name) {
    return Datasets.named(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "%s is one of %s, not '%s'"
                        .formatted(
                            option, Datasets.all().stream().map(Dataset::name).toList(), name)));
  }

  ImageSet images(Dataset set, Split split) {
    Lookup found = DataStore.standard(Optional.ofNullable(data)).find(set, split);
    if (found instanceof Lookup.Found there) {
      return there.images();
    }
    throw new RunFailure(
        "the %s images of %s are unreachable: %s"
            .formatted(split, set.name(), ((Lookup.Unreachable) found).reason()));
  }
}
