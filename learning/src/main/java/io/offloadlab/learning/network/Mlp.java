package io.offloadlab.learning.network;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shape of a multilayer perceptron, and where its weights lie in one flat vector: per layer the
 * matrix {@code [in, out]} in row-major order, then the bias {@code [out]}.
 *
 * @param sizes of the layers, input first
 * @param hidden activation between layers; the last layer is linear
 */
public record Mlp(List<Integer> sizes, Activation hidden) {
  /** Copies the sizes. */
  public Mlp {
    sizes = List.copyOf(sizes);
  }

  /** Layers with weights: one less than sizes. */
  public int layers() {
    return sizes.size() - 1;
  }

  /** Inputs of a layer, from 0. */
  public int in(int layer) {
    return sizes.get(layer);
  }

  /** Outputs of a layer, from 0. */
  public int out(int layer) {
    return sizes.get(layer + 1);
  }

  /** Inputs of the network. */
  public int inputs() {
    return sizes.get(0);
  }

  /** Outputs of the network. */
  public int outputs() {
    return sizes.get(layers());
  }

  /** What follows a layer. */
  public Activation activation(int layer) {
    return layer == layers() - 1 ? Activation.IDENTITY : hidden;
  }

  /** Where a layer's matrix begins. */
  public int weights(int layer) {
    int offset = 0;
    for (int l = 0; l < layer; l++) {
      offset += (in(l) + 1) * out(l);
    }
    return offset;
  }

  /** Where a layer's bias begins. */
  public int biases(int layer) {
    return weights(layer) + in(layer) * out(layer);
  }

  /** Length of the vector. */
  public int parameters() {
    return weights(layers());
  }

  /**
   * Initial weights: uniform within 1/sqrt(fan-in), and within {@code last} in the last layer, so
   * that first actions and values are near zero (Lillicrap et al., section 7).
   */
  public Floats initial(double last, RandomGenerator random) {
    Floats parameters = new Floats(parameters());
    for (int l = 0; l < layers(); l++) {
      double bound = l == layers() - 1 ? last : 1 / Math.sqrt(in(l));
      parameters.fillUniform(weights(l), (in(l) + 1) * out(l), bound, random);
    }
    return parameters;
  }

  /**
   * Initial weights after Glorot and Bengio (AISTATS 2010): normal with variance 2 / (fan-in +
   * fan-out), drawn by ND4J as DL4J does for the same seed; biases are 0.
   */
  public Floats xavier(long seed) {
    Floats parameters = new Floats(parameters());
    Nd4j.getRandom().setSeed(seed);
    for (int l = 0; l < layers(); l++) {
      int count = in(l) * out(l);
      try (INDArray drawn = Nd4j.create(DataType.FLOAT, count)) {
        Nd4j.randn(drawn).muli(Math.sqrt(2.0 / (in(l) + out(l))));
        // Column by column: DL4J's order.
        float[] columns = drawn.data().asFloat();
        for (int i = 0; i < count; i++) {
          int row = i % in(l);
          int column = i / in(l);
          parameters.values().put(weights(l) + row * out(l) + column, columns[i]);
        }
      }
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
