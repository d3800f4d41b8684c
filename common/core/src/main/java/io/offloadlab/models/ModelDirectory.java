package io.offloadlab.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, Reasons.of(e)), e);
    }
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
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "%s: there is no such network as %s (%s)"
              .formatted(path.resolve(BACKBONE), card, e.getMessage()),
          e);
    }
  }

  /** Files that a strategy needs and that are not there; empty for a whole model. */
  public List<String> missing() {
    return Stream.of(BACKBONE, BLOCKS, PROFILE)
        .filter(f -> !Files.isRegularFile(path.resolve(f)))
        .toList();
  }
}
