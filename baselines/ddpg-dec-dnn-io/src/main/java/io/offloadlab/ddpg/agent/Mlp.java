package io.offloadlab.ddpg.agent;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The shape of a multilayer perceptron, and where its weights lie in one flat vector: per layer the
 * matrix {@code [in, out]} in row-major order, then the bias {@code [out]}.
 *
 * @param sizes of the layers, input first
 * @param hidden activation between layers; the last layer is linear
 */
record Mlp(List<Integer> sizes, Activation hidden) {
  Mlp {
    sizes = List.copyOf(sizes);
  }

  int layers() {
    return sizes.size() - 1;
  }

  int in(int layer) {
    return sizes.get(layer);
  }

  int out(int layer) {
    return sizes.get(layer + 1);
  }

  int inputs() {
    return sizes.get(0);
  }

  int outputs() {
    return sizes.get(layers());
  }

  Activation activation(int layer) {
    return layer == layers() - 1 ? Activation.IDENTITY : hidden;
  }

  int weights(int layer) {
    int offset = 0;
    for (int l = 0; l < layer; l++) {
      offset += (in(l) + 1) * out(l);
    }
    return offset;
  }

  int biases(int layer) {
    return weights(layer) + in(layer) * out(layer);
  }

  int parameters() {
    return weights(layers());
  }

  /**
   * Initial weights: uniform within 1/sqrt(fan-in), and within {@code last} in the last layer, so
   * that first actions and values are near zero (Lillicrap et al., section 7).
   */
  Floats initial(double last, RandomGenerator random) {
    Floats parameters = new Floats(parameters());
    for (int l = 0; l < layers(); l++) {
      double bound = l == layers() - 1 ? last : 1 / Math.sqrt(in(l));
      parameters.fillUniform(weights(l), (in(l) + 1) * out(l), bound, random);
    }
    return parameters;
  }

  /** {@code 9-64-64-4 relu}. */
  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("-"))
        + " "
        + hidden.name().toLowerCase(Locale.ROOT);
  }
}
