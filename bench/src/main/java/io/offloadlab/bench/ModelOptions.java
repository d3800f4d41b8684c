package io.offloadlab.bench;

import io.offloadlab.data.DataStore;
import io.offloadlab.data.Dataset;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.GeneratedImages;
import io.offloadlab.data.Lookup;
import io.offloadlab.data.Split;
import io.offloadlab.failure.UsageError;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that name the network and its images. */
final class ModelOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Data set. Default: cifar100 when its weights are there, else cifar10.")
  private String dataset;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "resnet18",
      description = "Network. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with the images. Default: $$OFFLOADLAB_DATA, the cache, then a download.")
  private Path data;

  @Option(names = "--offline", description = "Never download images.")
  private boolean offline;

  /**
   * The model's files.
   *
   * @throws UsageError if there is no such data set or network among the shipped weights
   */
  ModelDirectory open() {
    ModelShelf shelf = ModelShelf.find();
    String name = dataset == null ? shelf.defaultDataset() : dataset;
    if (!shelf.datasets().contains(name)) {
      throw UsageError.unknown("dataset", name, shelf.datasets());
    }
    ModelDirectory directory = shelf.model(name);
    String network = directory.network().name();
    if (!network.equals(model)) {
      throw UsageError.unknown("model", model, List.of(network));
    }
    return directory;
  }

  /**
   * The test images, or generated ones when they are out of reach.
   *
   * @throws io.offloadlab.failure.RunFailure if the given folder does not hold them
   */
  Images images(String datasetName, long seed) {
    Dataset known =
        Datasets.named(datasetName)
            .orElseThrow(
                () ->
                    new UsageError(
                        "weights for '%s' are in models/, but no reader for its images is known"
                            .formatted(datasetName)));
    DataStore store = DataStore.standard(Optional.ofNullable(data));
    Lookup lookup = (offline ? store.offline() : store).find(known, Split.TEST);
    if (lookup instanceof Lookup.Found found) {
      return new Images(found.images(), "test images from " + found.origin(), Optional.empty());
    }
    return new Images(
        new GeneratedImages(known, Split.TEST, seed),
        "generated from seed " + seed,
        Optional.of(
            "images unreachable because %s: running on generated images, accuracy is the shipped profile's"
                .formatted(((Lookup.Unreachable) lookup).reason())));
  }
}
