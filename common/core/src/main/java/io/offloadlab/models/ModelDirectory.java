package io.offloadlab.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Networks;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files of one trained model: {@code backbone.safetensors}, {@code blocks.safetensors} and
 * {@code profile.json}. Found by {@link ModelShelf}.
 *
 * @param dataset name of the data set it was trained on, which is the directory's name
 * @param path of the directory
 */
public record ModelDirectory(String dataset, Path path) {
  /** File of the trained network with its exits. */
  public static final String BACKBONE = "backbone.safetensors";

  /** File of the pruned variants of its blocks. */
  public static final String BLOCKS = "blocks.safetensors";

  /** File of what was measured of it. */
  public static final String PROFILE = "profile.json";

  private static final JsonMapper JSON = new JsonMapper();

  /** The shipped networks are for images of this side; their weights do not tell it. */
  private static final int SIDE = 32;

  /** Follows the architecture's name in the metadata where a network has exits. */
  private static final String WITH_EXITS = "-branchynet";

  /** Where the weights of the network itself rest. */
  public WeightRef backbone() {
    return WeightRef.of(BACKBONE);
  }

  /**
   * What was measured of the model.
   *
   * @throws RunFailure if the profile is missing or corrupt
   */
  public ModelProfile profile() {
    Path file = path.resolve(PROFILE);
    try {
      ModelProfile profile = JSON.readValue(Files.readAllBytes(file), ModelProfile.class);
      if (profile == null || profile.exits() == null || profile.exits().isEmpty()) {
        throw new RunFailure("%s: names no exits, so it is not a model's profile".formatted(file));
      }
      return profile;
    } catch (NoSuchFileException e) {
      throw new RunFailure("%s: there is no such profile".formatted(file), e);
    } catch (JsonProcessingException e) {
      throw new RunFailure(
          "%s: is not a model's profile (%s)"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("empty")),
          e);
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The network that the backbone's weights belong to, without exits: its architecture is in the
   * file's metadata; classes, width and input channels are in the shapes of the first and the last
   * layer.
   *
   * @throws RunFailure if the weights are missing or corrupt, or name no known architecture
   */
  public ModelGraph network() {
    SafeTensors weights = SafeTensors.open(path.resolve(BACKBONE));
    String architecture = weights.metadata().getOrDefault("architecture", "");
    Tensor first = rank(weights, "conv1.weight", 4);
    Tensor last = rank(weights, "linear.weight", 2);
    if (architecture.endsWith(WITH_EXITS)) {
      architecture = architecture.substring(0, architecture.length() - WITH_EXITS.length());
    }
    if (!Networks.names().contains(architecture)) {
      throw new RunFailure(
          "%s: belongs to the network '%s'; known are %s"
              .formatted(weights.source(), architecture, String.join(", ", Networks.names())));
    }
    return Networks.build(
        architecture,
        last.shape().get(0),
        first.shape().get(0),
        Shape.of(first.shape().get(1), SIDE, SIDE));
  }

  private static Tensor rank(SafeTensors weights, String name, int rank) {
    Tensor t = weights.tensor(name);
    if (t.shape().size() != rank || t.elements() == 0) {
      throw new RunFailure(
          "%s: tensor '%s' has shape %s, where %d dimensions were expected"
              .formatted(weights.source(), name, t.shape(), rank));
    }
    return t;
  }
}
