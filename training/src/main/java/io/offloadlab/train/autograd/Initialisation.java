package io.offloadlab.train.autograd;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Weights of an untrained network, distributed as PyTorch's: kernels, matrices and their biases
 * evenly in {@code +-1/sqrt(fan-in)}, batch norms as the identity.
 */
public final class Initialisation {
  private Initialisation() {}

  /**
   * Fresh weights of a graph.
   *
   * @param seed every tensor depends on this and its name alone
   * @return by name, in the order of {@link ModelGraph#tensors}
   */
  public static Map<String, Tensor> of(ModelGraph graph, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Vertex v : graph.vertices()) {
      v.layer()
          .tensors()
          .forEach(
              (kind, shape) -> {
                String name = v.name() + "." + kind;
                tensors.put(
                    name, Tensor.of(name, shape, values(v.layer(), kind, shape, seed, name)));
              });
    }
    return tensors;
  }

  private static float[] values(
      Layer layer, String kind, List<Integer> shape, long seed, String name) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    if (layer instanceof Layer.BatchNorm2d) {
      Arrays.fill(values, kind.equals("weight") || kind.equals("running_var") ? 1 : 0);
      return values;
    }
    double bound = 1 / Math.sqrt(fanIn(layer));
    RandomGenerator random = RandomStreams.named(seed, "initial/" + name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  private static int fanIn(Layer layer) {
    return layer instanceof Layer.Conv2d c
        ? c.in() / c.groups() * c.kernel() * c.kernel()
        : ((Layer.Linear) layer).in();
  }
}
