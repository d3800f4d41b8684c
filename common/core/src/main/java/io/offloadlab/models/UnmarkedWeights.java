package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights from before files said which network they belong to, the shipped ones among them: the
 * architecture is in the metadata; classes, width and input channels are in the shapes of the first
 * and the last layer, exits in the names of their tensors; images are of 32x32.
 */
final class UnmarkedWeights {
  private static final int SIDE = 32;
  private static final String WITH_EXITS = "-branchynet";
  private static final Pattern EXIT = Pattern.compile("branch\\.exit_point-(\\d+)\\..*");

  private UnmarkedWeights() {}

  static NetworkCard card(SafeTensors weights) {
    String architecture = weights.metadata().getOrDefault("architecture", "");
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
