package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.Shape;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights from before files said which network they belong to, the shipped ones among them: the
 * architecture is in the metadata; classes, width and input channels are in the shapes of the first
 * and the last layer, exits in the names of their tensors; images are of 32x32. Weights that were
 * saved without any metadata are recognised by all their tensors.
 */
final class UnmarkedWeights {
  private static final int SIDE = 32;
  private static final String ARCHITECTURE = "architecture";
  private static final String WITH_EXITS = "-branchynet";
  private static final Pattern EXIT = Pattern.compile("branch\\.exit_point-(\\d+)\\..*");

  private UnmarkedWeights() {}

  static NetworkCard card(SafeTensors weights) {
    if (!weights.metadata().containsKey(ARCHITECTURE)) {
      return recognised(weights);
    }
    String architecture = weights.metadata().get(ARCHITECTURE);
    StoredTensor first = rank(weights, "conv1.weight", 4);
    StoredTensor last = rank(weights, "linear.weight", 2);
    if (architecture.endsWith(WITH_EXITS)) {
      architecture = architecture.substring(0, architecture.length() - WITH_EXITS.length());
    }
    return new NetworkCard(
        architecture,
        first.shape().get(0),
        last.shape().get(0),
        Shape.of(first.shape().get(1), SIDE, SIDE),
        earlyExits(weights));
  }

  /**
   * The one network whose tensors these are, by their names and shapes; all of them and no more.
   */
  private static NetworkCard recognised(SafeTensors weights) {
    Map<String, List<Integer>> there = new HashMap<>();
    for (String name : weights.names()) {
      if (weights.tensor(name).dtype().isFloating() && !EXIT.matcher(name).matches()) {
        there.put(name, weights.tensor(name).shape());
      }
    }
    List<NetworkCard> fitting =
        NetworkFamilies.names().stream()
            .flatMap(family -> fitting(family, there, weights).stream())
            .toList();
    if (fitting.size() != 1) {
      throw new RunFailure(
          "%s: its metadata lacks '%s', and its tensors are not those of one known network: save it with the metadata {\"%s\": \"NAME\"}, where NAME is one of %s, or that and '%s' for one with early exits"
              .formatted(
                  weights.source(),
                  ARCHITECTURE,
                  ARCHITECTURE,
                  String.join(", ", NetworkFamilies.names()),
                  WITH_EXITS));
    }
    return fitting.get(0);
  }

  private static Optional<NetworkCard> fitting(
      String family, Map<String, List<Integer>> there, SafeTensors weights) {
    ModelGraph published =
        NetworkFamilies.build(
            family, 2, NetworkFamilies.publishedWidth(family), Shape.of(1, SIDE, SIDE));
    List<String> matrices =
        published.tensors().entrySet().stream()
            .filter(e -> e.getValue().size() >= 2)
            .map(Map.Entry::getKey)
            .toList();
    List<Integer> first = there.getOrDefault(matrices.get(0), List.of());
    List<Integer> last = there.getOrDefault(matrices.get(matrices.size() - 1), List.of());
    if (first.size() != 4 || last.size() != 2) {
      return Optional.empty();
    }
    NetworkCard card =
        new NetworkCard(
            family,
            first.get(0),
            last.get(0),
            Shape.of(first.get(1), SIDE, SIDE),
            earlyExits(weights));
    try {
      return card.network().tensors().equals(there) ? Optional.of(card) : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static List<String> earlyExits(SafeTensors weights) {
    return weights.names().stream()
        .map(EXIT::matcher)
        .filter(Matcher::matches)
        .map(m -> Integer.valueOf(m.group(1)))
        .distinct()
        .sorted()
        .map(n -> "exit-" + n)
        .toList();
  }

  private static StoredTensor rank(SafeTensors weights, String name, int rank) {
    StoredTensor t = weights.tensor(name);
    if (t.shape().size() != rank || t.elements() == 0) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s: tensor '%s' has shape %s, where %d dimensions were expected",
              weights.source(),
              name,
              t.shape(),
              rank));
    }
    return t;
  }
}
