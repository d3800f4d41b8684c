package io.offloadlab.bench;

import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.data.DataStore;
import io.offloadlab.data.Dataset;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.GeneratedImages;
import io.offloadlab.data.Lookup;
import io.offloadlab.data.Split;
import io.offloadlab.failure.UsageError;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.scenario.NetworkText;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.untrained.UntrainedNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options that name the network and its images. */
final class ModelOptions {
  /** More than any stream of latency alone runs. */
  private static final int GENERATED_IMAGES = 1000;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Data set. Default: that of --weights, else cifar10.")
  private String dataset;

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description = "Folder of the model. Default: that of the data set below models/.")
  private Path weights;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Network that the weights must be of. Default: whichever they are of.")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with the images. Default: $$OFFLOADLAB_DATA, the cache, then a download.")
  private Path data;

  @Option(names = "--offline", description = "Never download images.")
  private boolean offline;

  /** The words that say the same in another command. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    add(words, "--dataset", dataset);
    add(words, "--weights", weights);
    add(words, "--model", model);
    add(words, "--data", data);
    if (offline) {
      words.add("--offline");
    }
    return words;
  }

  private static void add(List<String> words, String option, Object value) {
    if (value != null) {
      words.addAll(List.of(option, value.toString()));
    }
  }

  /**
   * The model's files.
   *
   * @throws UsageError if there is no such data set, or the weights are of another network
   * @throws io.offloadlab.failure.RunFailure if the model is not whole, or not for the data set
   */
  ModelDirectory open() {
    if (dataset != null) {
      known(dataset);
    }
    ModelDirectory directory = ModelShelf.chosen(dataset, weights);
    if (dataset == null && Datasets.named(directory.dataset()).isEmpty()) {
      throw new UsageError(
          "the weights in %s do not say which data set they are of: name it with --dataset"
              .formatted(directory.path()));
    }
    Dataset images = known(directory.dataset());
    String network = directory.network().name();
    if (model != null && !network.equals(model)) {
      throw UsageError.unknown("model", model, List.of(network));
    }
    directory.requireFor(images.classes(), images.shape());
    directory.requireWhole();
    return directory;
  }

  /**
   * The model that was asked for, where one that was trained is wanted.
   *
   * @throws UsageError if the scenario brings a network of its own
   */
  ModelDirectory openTrained(ScenarioDraft scenario) {
    requireTrained(scenario);
    return open();
  }

  /**
   * Refuses a scenario with a network of its own.
   *
   * @throws UsageError if it brings one
   */
  static void requireTrained(ScenarioDraft scenario) {
    if (scenario.network() != null) {
      throw new UsageError(
          "scenario '%s' has a network with random weights, for bin/bench compare and simulate: name another scenario"
              .formatted(scenario.name()));
    }
  }

  /**
   * The network and the images of a run: a trained model and its data set, or what the scenario
   * brings.
   *
   * @param say told what a user must know of them
   * @throws UsageError as {@link #open}, or if both were asked for
   */
  Subject subject(ScenarioDraft scenario, Consumer<String> say) {
    if (scenario.network() != null) {
      return untrained(scenario);
    }
    ModelDirectory trained = open();
    ProfileDocument profile = trained.measured();
    profile.warning(trained).ifPresent(say);
    return new Subject(
        trained.network(),
        trained.dataset(),
        () -> trained,
        profile,
        RunFrame.use(profile, trained, say),
        known(trained.dataset()).files(Split.TEST).images(),
        seed -> images(trained.dataset(), seed));
  }

  private Subject untrained(ScenarioDraft scenario) {
    Stream.of(
            given("--dataset", dataset),
            given("--weights", weights),
            given("--model", model),
            given("--data", data))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            option -> {
              throw new UsageError(
                  "scenario '%s' brings its own network and images: leave out %s"
                      .formatted(scenario.name(), option));
            });
    if (scenario.accuracy() != null && scenario.accuracy() > 0) {
      throw new UsageError(
          "the network of scenario '%s' has random weights, so no accuracy can be asked of it: leave out --acc %s"
              .formatted(scenario.name(), scenario.accuracy()));
    }
    NetworkCard card = NetworkText.parse(scenario.network());
    UntrainedNetwork network = new UntrainedNetwork(card);
    return new Subject(
        network.network(),
        UntrainedNetwork.DATASET,
        network::directory,
        network.profile(),
        ImageUse.NONE,
        GENERATED_IMAGES,
        seed ->
            new Images(
                GeneratedImages.of(card.input(), card.classes(), GENERATED_IMAGES, seed),
                "generated from seed " + seed,
                Optional.empty()));
  }

  private static Optional<String> given(String option, Object value) {
    return Optional.ofNullable(value).map(v -> option + " " + v);
  }

  private static Dataset known(String name) {
    return Datasets.named(name)
        .orElseThrow(
            () ->
                UsageError.unknown(
                    "dataset", name, Datasets.all().stream().map(Dataset::name).toList()));
  }

  /**
   * The test images, or generated ones when they are out of reach.
   *
   * @throws io.offloadlab.failure.RunFailure if the given folder does not hold them
   */
  private Images images(String datasetName, long seed) {
    Dataset known = known(datasetName);
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
