package io.offloadlab.twin.learning;

import java.util.Arrays;
import java.util.Locale;

/**
 * ContValueNet as it is used for deciding: a multilayer perceptron with tanh between its layers and
 * one linear output, as plain numbers. It is what an edge is sent; a decision takes about a
 * microsecond and no native memory, so it may be shared and forgotten.
 *
 * @param weights per layer {@code [out][in]}
 * @param biases per layer {@code [out]}
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, many of them
record ValueNetwork(float[][][] weights, float[][] biases) {
  /**
   * The network's output.
   *
   * @param input as many numbers as the first layer has inputs
   */
  double value(float[] input) {
    float[] x = input;
    for (int layer = 0; layer < weights.length; layer++) {
      float[] y = new float[biases[layer].length];
      for (int o = 0; o < y.length; o++) {
        float[] w = weights[layer][o];
        float sum = biases[layer][o];
        for (int i = 0; i < w.length; i++) {
          sum += w[i] * x[i];
        }
        y[o] = layer == weights.length - 1 ? sum : (float) Math.tanh(sum);
      }
      x = y;
    }
    return x[0];
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ValueNetwork v
        && Arrays.deepEquals(v.weights, weights)
        && Arrays.deepEquals(v.biases, biases);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(weights) * 31 + Arrays.deepHashCode(biases);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "ValueNetwork of %d layers", weights.length);
  }
}
