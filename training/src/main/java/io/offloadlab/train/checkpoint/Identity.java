package io.offloadlab.train.checkpoint;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.train.autograd.Precision;
import java.util.Map;

/**
 * What a training is of; only an equal one may go on from its checkpoint.
 *
 * @param architecture the network with its shapes
 * @param dataset name of the data set
 * @param recipe every other setting that changes the result
 * @param precision of the training
 */
public record Identity(String architecture, String dataset, String recipe, Precision precision) {
  private static final String PRECISION = "precision";

  static Identity of(String file, Map<String, String> metadata) {
    if (!metadata.containsKey("recipe")) {
      throw new RunFailure(
          "%s holds weights, not a checkpoint: it has no recipe; start without --resume"
              .formatted(file));
    }
    return new Identity(
        metadata.getOrDefault("architecture", ""),
        metadata.getOrDefault("dataset", ""),
        metadata.get("recipe"),
        precision(file, metadata));
  }

  /** That of a checkpoint; one that does not say was written before there was another. */
  static Precision precision(String file, Map<String, String> metadata) {
    String name = metadata.getOrDefault(PRECISION, Precision.FLOAT32.toString());
    try {
      return Precision.of(name);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "%s is of a precision that is not known here: '%s'".formatted(file, name), e);
    }
  }

  void require(String file, Identity wanted) {
    require(file, "network", architecture, wanted.architecture);
    require(file, "data set", dataset, wanted.dataset);
    require(file, "recipe", recipe, wanted.recipe);
    require(file, PRECISION, precision.toString(), wanted.precision.toString());
  }

  private static void require(String file, String what, String there, String wanted) {
    if (!there.equals(wanted)) {
      throw new RunFailure(
          "cannot resume from %s: its %s is '%s', but this training's is '%s'; give the same or another --out"
              .formatted(file, what, there, wanted));
    }
  }

  Map<String, String> metadata() {
    return Map.of(
        "format",
        "pt",
        "architecture",
        architecture,
        "dataset",
        dataset,
        "recipe",
        recipe,
        PRECISION,
        precision.toString());
  }
}
