package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.weights.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The files of one trained model: {@code backbone.safetensors}, {@code blocks.safetensors} and
 * {@code profile.json}. Found by {@link ModelShelf}.
 *
 * @param dataset name of the data set it is for
 * @param path of the directory
 */
public record ModelDirectory(String dataset, Path path) {
  /** File of the trained network with its exits. */
  public static final String BACKBONE = "backbone.safetensors";

  /** File of the pruned variants of its blocks. */
  public static final String BLOCKS = "blocks.safetensors";

  /** File of what was measured of it. */
  public static final String PROFILE = "profile.json";

  /** File of what every exit says of every test image, beside the profile. */
  public static final String EXIT_FIGURES = "profile-images.safetensors";

  /** What a whole model has, in the order in which it is made. */
  private static final List<String> FILES = List.of(BACKBONE, BLOCKS, PROFILE);

  /** Key of a weights file's metadata that names the data set it was trained on. */
  public static final String TRAINED_ON = "dataset";

  /**
   * The model in a folder. Its data set is what the weights say they were trained on, or else the
   * folder's name.
   */
  public static ModelDirectory in(Path folder) {
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    Path backbone = folder.resolve(BACKBONE);
    String dataset = name;
    if (Files.isRegularFile(backbone)) {
      try {
        dataset = SafeTensors.open(backbone).metadata().getOrDefault(TRAINED_ON, name);
      } catch (RunFailure e) {
        // Whoever uses the weights is told what is wrong with them.
        dataset = name;
      }
    }
    return new ModelDirectory(dataset, folder);
  }

  /** Where the weights of the network itself rest. */
  public WeightRef backbone() {
    return WeightRef.of(BACKBONE);
  }

  /**
   * What was measured of the model, as {@link #measured} gives it, on all test images.
   *
   * @throws RunFailure as {@link #measured}
   */
  public ModelProfile profile() {
    return measured().all();
  }

  /**
   * The profile, which belongs to the weights that are here: their SHA-256, the network, its
   * classes and the data set are compared. One that does not say what it was measured of must at
   * least name the data set; {@link ProfileDocument#warning} then has something to say.
   *
   * @throws RunFailure if the profile is missing or corrupt, or was measured of something else
   */
  public ProfileDocument measured() {
    ProfileDocument profile = writtenProfile();
    if (profile.ties().isPresent()) {
      profile.ties().get().require(ProfileTies.of(this), this);
    } else {
      ProfileTies.requireLikely(profile.all().dataset(), this);
    }
    return profile;
  }

  /**
   * The profile as it is, whatever it was measured of.
   *
   * @throws RunFailure if it is missing or corrupt
   */
  public ProfileDocument writtenProfile() {
    return ProfileDocument.read(path.resolve(PROFILE));
  }

  /**
   * What every exit says of every test image.
   *
   * @param profile of this directory
   * @return empty if the profile was measured before this was kept
   * @throws RunFailure if the figures are missing or not that profile's
   */
  public Optional<ExitFigures> exitFigures(ProfileDocument profile) {
    Optional<String> wanted = profile.exitFigures();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Path file = path.resolve(EXIT_FIGURES);
    if (!Sha256.required(file).equals(wanted.get())) {
      throw new RunFailure(
          "%s is not that of the profile beside it: measure both again with bin/legodnn profile --dataset %s --weights %s"
              .formatted(file, dataset, path));
    }
    return Optional.of(ExitFigures.read(file));
  }

  /**
   * Checks that the backbone is a network for a data set's images.
   *
   * @param classes of the data set
   * @param images shape of one image
   * @throws RunFailure if it was trained on another data set, or has another number of classes or
   *     takes other images
   */
  public void requireFor(int classes, Shape images) {
    SafeTensors file = SafeTensors.open(path.resolve(BACKBONE));
    NetworkCard card = NetworkCard.of(file);
    String trainedOn = file.metadata().getOrDefault(TRAINED_ON, dataset);
    if (!trainedOn.equals(dataset)) {
      throw unfit("was trained on %s, not %s".formatted(trainedOn, dataset));
    }
    if (card.classes() != classes) {
      throw unfit(
          String.format(
              Locale.ROOT, "has %d classes, but %s has %d", card.classes(), dataset, classes));
    }
    if (!card.input().equals(images)) {
      throw unfit(
          "is for images of %s, but those of %s are %s".formatted(card.input(), dataset, images));
    }
  }

  private RunFailure unfit(String why) {
    return new RunFailure(
        "%s %s: name the data set or the weights that belong together"
            .formatted(path.resolve(BACKBONE), why));
  }

  /**
   * Which network the backbone's weights belong to.
   *
   * @throws RunFailure if the weights are missing or corrupt, or belong to no known network
   */
  public NetworkCard card() {
    return NetworkCard.of(SafeTensors.open(path.resolve(BACKBONE)));
  }

  /**
   * The network that the backbone's weights belong to, without exits.
   *
   * @throws RunFailure as {@link #card}, or if there is no such network for its images
   */
  public ModelGraph network() {
    NetworkCard card = card();
    try {
      return card.network();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new RunFailure(
          "%s: there is no such network as %s (%s)"
              .formatted(path.resolve(BACKBONE), card, e.getMessage()),
          e);
    }
  }

  /** Files that a strategy needs and that are not there; empty for a whole model. */
  public List<String> missing() {
    return FILES.stream().filter(f -> !Files.isRegularFile(path.resolve(f))).toList();
  }

  /**
   * Checks that the network, its blocks and its profile are all there.
   *
   * @throws RunFailure naming those that are not, and how to make them
   */
  public void requireWhole() {
    List<String> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    List<String> commands = Making.commands(dataset, path);
    List<String> steps =
        IntStream.range(0, FILES.size())
            .filter(i -> missing.contains(FILES.get(i)) || i == FILES.size() - 1)
            .mapToObj(commands::get)
            .toList();
    throw new RunFailure(
        "%s is not whole: %s missing; make it with %s"
            .formatted(path, String.join(" and ", missing), String.join(", then ", steps)));
  }
}
