package io.offloadlab.train.checkpoint;

import io.offloadlab.failure.RunFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far a training is.
 *
 * @param epoch the one under way, from 0
 * @param batch the next one of it
 * @param steps of the optimiser so far
 * @param sums of this epoch's statistics so far
 * @param best score so far
 * @param bestEpoch when it was reached, from 1; 0 if there is none
 */
public record Position(
    int epoch, int batch, long steps, List<Double> sums, double best, int bestEpoch) {
  /** Copies the list. */
  public Position {
    sums = List.copyOf(sums);
  }

  /** Before the first step. */
  public static Position start() {
    return new Position(0, 0, 0, List.of(), Double.NEGATIVE_INFINITY, 0);
  }

  static Position of(String file, Map<String, String> metadata) {
    try {
      String sums = metadata.getOrDefault("sums", "");
      return new Position(
          Integer.parseInt(metadata.get("epoch")),
          Integer.parseInt(metadata.get("batch")),
          Long.parseLong(metadata.get("steps")),
          sums.isEmpty() ? List.of() : Arrays.stream(sums.split(",")).map(Double::valueOf).toList(),
          Double.parseDouble(metadata.getOrDefault("best", "")),
          Integer.parseInt(metadata.get("best_epoch")));
    } catch (NumberFormatException e) {
      throw new RunFailure(
          "%s is not a checkpoint: its position is missing or wrong (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  Map<String, String> metadata() {
    return Map.of(
        "epoch", Integer.toString(epoch),
        "batch", Integer.toString(batch),
        "steps", Long.toString(steps),
        "sums", sums.stream().map(String::valueOf).collect(Collectors.joining(",")),
        "best", Double.toString(best),
        "best_epoch", Integer.toString(bestEpoch));
  }
}
