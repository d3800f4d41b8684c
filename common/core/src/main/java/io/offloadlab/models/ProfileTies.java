package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
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
 * @param network the network, as {@link NetworkCard#metadata} has it
 * @param weights SHA-256 by the name of each weights file
 */
public record ProfileTies(
    String dataset, Map<String, String> network, Map<String, String> weights) {
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
    for (Map.Entry<String, String> fact : there.network.entrySet()) {
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

  private static String shown(String sha256) {
    return sha256.substring(0, Math.min(SHOWN_DIGITS, sha256.length()));
  }

  private static RunFailure foreign(ModelDirectory model, String what) {
    return new RunFailure(
        "%s %s: measure it again with bin/legodnn profile --dataset %s --weights %s"
            .formatted(
                model.path().resolve(ModelDirectory.PROFILE), what, model.dataset(), model.path()));
  }
}
