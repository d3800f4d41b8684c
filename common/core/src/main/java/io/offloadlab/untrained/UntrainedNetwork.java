package io.offloadlab.untrained;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.UserCache;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.weights.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network that nobody trained. It costs what a trained one costs and says nothing of images.
 *
 * @param card which network
 */
public record UntrainedNetwork(NetworkCard card) {
  /** What stands where a data set's name would: tables and reports repeat it. */
  public static final String DATASET = "random weights and generated images (latency only)";

  /** Latency does not depend on what is drawn, so that it is drawn once, whatever a run's seed. */
  private static final long SEED = 1;

  /** The only exit: the network's own head, under the name that strategies know it by. */
  private static final String LAST_EXIT = "exit-7";

  /**
   * Its weights, in half precision, drawn from a fixed seed. They are made where they are not there
   * yet: for VGG-16, 264 MiB in some seconds.
   *
   * @throws RunFailure if they cannot be written
   */
  public ModelDirectory directory() {
    return directory(
        UserCache.directory(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  /**
   * The same.
   *
   * @param cache folder that they are kept in
   */
  ModelDirectory directory(Path cache) {
    Path folder = cache.resolve("untrained").resolve(name());
    Path file = folder.resolve(ModelDirectory.BACKBONE);
    if (!Files.isRegularFile(file)) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new RunFailure(
            "random weights cannot be kept in %s: %s".formatted(folder, Reasons.of(e)), e);
      }
      SafeTensorsWriter.write(file, metadata(), RandomWeights.of(network(), SEED));
    }
    return new ModelDirectory(DATASET, folder);
  }

  private String name() {
    return String.format(
        Locale.ROOT,
        "%s-%d-%d-%d",
        card.family(),
        card.width(),
        card.classes(),
        card.input().height());
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>(card.metadata());
    metadata.put(ModelDirectory.TRAINED_ON, DATASET);
    return metadata;
  }

  /** The network, without early exits. */
  public ModelGraph network() {
    return card.network();
  }

  /** Shape of one image. */
  public Shape images() {
    return card.input();
  }

  /**
   * What takes a profile's place: one exit, which guesses, and no variants. No image was measured,
   * and {@link ModelProfile#isMeasured} says so.
   */
  public ProfileDocument profile() {
    ModelProfile guessing =
        new ModelProfile(
            DATASET,
            0,
            "nothing",
            "",
            Map.of(LAST_EXIT, new ModelProfile.Exit(1.0 / card.classes())),
            null,
            List.of(),
            null,
            1);
    return new ProfileDocument(
        ProfileDocument.FORMAT,
        Optional.empty(),
        guessing,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
