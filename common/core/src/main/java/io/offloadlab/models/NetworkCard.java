package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.Shape;
import io.offloadlab.weights.SafeTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which network some weights belong to, as their file's metadata says it.
 *
 * @param family one of {@link NetworkFamilies#names}
 * @param width channels of the first layer
 * @param classes number of classes
 * @param input shape of one image
 * @param earlyExits names of the exits before the network's own head, the earliest first; empty if
 *     there are none
 */
public record NetworkCard(
    String family, int width, int classes, Shape input, List<String> earlyExits) {
  private static final String FAMILY = "network";
  private static final String WIDTH = "width";
  private static final String CLASSES = "classes";
  private static final String INPUT = "input";
  private static final String EXITS = "early_exits";

  /** Copies the list. */
  public NetworkCard {
    earlyExits = List.copyOf(earlyExits);
  }

  /**
   * Reads the metadata of a file; where it says nothing of the network, as in the first weights
   * that were shipped, what their tensors tell.
   *
   * @throws RunFailure if the metadata is wrong or names no known network
   */
  public static NetworkCard of(SafeTensors file) {
    NetworkCard card =
        file.metadata().containsKey(FAMILY) ? written(file) : UnmarkedWeights.card(file);
    if (NetworkFamilies.find(card.family).isEmpty()) {
      throw new RunFailure(
          "%s: belongs to the network '%s'; known are %s"
              .formatted(file.source(), card.family, String.join(", ", NetworkFamilies.names())));
    }
    return card;
  }

  private static NetworkCard written(SafeTensors file) {
    String exits = file.metadata().getOrDefault(EXITS, "");
    return new NetworkCard(
        file.metadata().get(FAMILY),
        numbers(file, WIDTH, 1).get(0),
        numbers(file, CLASSES, 1).get(0),
        new Shape(numbers(file, INPUT, 3)),
        exits.isEmpty() ? List.of() : List.of(exits.split(",")));
  }

  private static List<Integer> numbers(SafeTensors file, String key, int count) {
    String text = file.metadata().getOrDefault(key, "");
    try {
      List<Integer> numbers = Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
      if (numbers.size() == count && numbers.stream().allMatch(n -> n > 0)) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      throw wrong(file, key, text, count);
    }
    throw wrong(file, key, text, count);
  }

  private static RunFailure wrong(SafeTensors file, String key, String text, int count) {
    return new RunFailure(
        String.format(
            Locale.ROOT,
            "%s: has metadata '%s' of '%s', where %d positive whole number(s) were expected: train it again",
            file.source(),
            key,
            text,
            count));
  }

  /** The card as metadata of a file. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FAMILY, family);
    metadata.put(WIDTH, Integer.toString(width));
    metadata.put(CLASSES, Integer.toString(classes));
    metadata.put(
        INPUT, input.dims().stream().map(String::valueOf).collect(Collectors.joining(",")));
    metadata.put(EXITS, String.join(",", earlyExits));
    return metadata;
  }

  /**
   * The network, without early exits.
   *
   * @throws IllegalArgumentException if the family is unknown or has no network for such images
   */
  public ModelGraph network() {
    return NetworkFamilies.build(family, classes, width, input);
  }
}
