package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.weights.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a profile was measured of.
 *
 * @param dataset name of the data set whose test images were used
 * @param network the network, as {@link NetworkCard#metadata} has it; empty if it was not noted
 * @param weights SHA-256 by the name of each weights file
 */
public record ProfileTies(
    String dataset, Map<String, String> network, Map<String, String> weights) {
  /** Key of the metadata of blocks: the SHA-256 of the backbone that they are to replace. */
  private static final String MADE_FOR = "backbone";

  private static final int SHOWN_DIGITS = 12;

  /** Copies the maps, in the order of their keys. */
  public ProfileTies {
    network = Collections.unmodifiableMap(new TreeMap<>(network));
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  /**
   * Ties to the weights of a directory as they are now.
   *
   * @throws RunFailure if the backbone is missing or corrupt
   */
  public static ProfileTies of(ModelDirectory model) {
    Map<String, String> weights = new TreeMap<>();
    for (String name : List.of(ModelDirectory.BACKBONE, ModelDirectory.BLOCKS)) {
      Path file = model.path().resolve(name);
      if (Files.exists(file)) {
        weights.put(name, Sha256.required(file));
      }
    }
    return new ProfileTies(model.dataset(), model.card().metadata(), weights);
  }

  /**
   * Checks that a profile belongs to a directory's weights.
   *
   * @param there ties of the directory
   * @throws RunFailure saying what differs and what to run
   */
  void require(ProfileTies there, ModelDirectory model) {
    if (!dataset.equals(there.dataset)) {
      throw foreign(model, "was measured on %s, not %s".formatted(dataset, there.dataset));
    }
    for (Map.Entry<String, String> fact :
        network.isEmpty() ? Set.<Map.Entry<String, String>>of() : there.network.entrySet()) {
      String measured = network.getOrDefault(fact.getKey(), "");
      if (!measured.equals(fact.getValue())) {
        throw foreign(
            model,
            "was measured of a network with %s '%s', but that of the weights is '%s'"
                .formatted(fact.getKey(), measured, fact.getValue()));
      }
    }
    Set<String> files = new TreeSet<>(weights.keySet());
    files.addAll(there.weights.keySet());
    for (String file : files) {
      String measured = weights.get(file);
      String now = there.weights.get(file);
      if (measured == null || now == null) {
        throw foreign(
            model, "was measured %s %s".formatted(measured == null ? "without" : "with", file));
      }
      if (!measured.equals(now)) {
        throw foreign(
            model,
            "was measured of another %s (SHA-256 %s…, not %s…)"
                .formatted(file, shown(measured), shown(now)));
      }
    }
  }

  /**
   * Checks what can be checked of a profile that does not say what it was measured of.
   *
   * @param measuredOn name of the data set
   * @throws RunFailure if that is another one, or the blocks are of another backbone
   */
  static void requireLikely(String measuredOn, ModelDirectory model) {
    if (!model.dataset().equals(measuredOn)) {
      throw foreign(model, "was measured on %s, not %s".formatted(measuredOn, model.dataset()));
    }
    if (blocksAreOfAnotherBackbone(model)) {
      throw foreign(model, "is of before %s was trained again".formatted(ModelDirectory.BACKBONE));
    }
  }

  private static String shown(String sha256) {
    return sha256.substring(0, Math.min(SHOWN_DIGITS, sha256.length()));
  }

  private static RunFailure foreign(ModelDirectory model, String what) {
    List<String> commands = Making.commands(model.dataset(), model.path());
    String profile = commands.get(2);
    String remedy =
        blocksAreOfAnotherBackbone(model)
            ? "make its blocks again with %s --overwrite, then measure it with %s"
                .formatted(commands.get(1), profile)
            : "measure it again with " + profile;
    return new RunFailure(
        "%s %s: %s".formatted(model.path().resolve(ModelDirectory.PROFILE), what, remedy));
  }

  private static boolean blocksAreOfAnotherBackbone(ModelDirectory model) {
    Path blocks = model.path().resolve(ModelDirectory.BLOCKS);
    if (!Files.exists(blocks)) {
      return false;
    }
    String now = Sha256.required(model.path().resolve(ModelDirectory.BACKBONE));
    String madeFor = SafeTensors.open(blocks).metadata().getOrDefault(MADE_FOR, now);
    return !madeFor.equals(now);
  }
}
