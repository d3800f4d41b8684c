package io.offloadlab.untrained;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Weights that keep the size of activations from layer to layer: kernels and matrices evenly in
 * {@code +-sqrt(6 / fan-in)} (He et al., "Delving Deep into Rectifiers", ICCV 2015), biases 0,
 * batch norms as the identity. Numbers that fade away would be denormal, which some processors
 * compute slowly with.
 */
final class RandomWeights {
  private RandomWeights() {}

  /** Those of a graph in half precision; every tensor depends on the seed and its name alone. */
  static List<StoredTensor> of(ModelGraph graph, long seed) {
    List<StoredTensor> tensors = new ArrayList<>();
    for (Vertex v : graph.vertices()) {
      v.layer()
          .tensors()
          .forEach(
              (kind, shape) -> {
                String name = v.name() + "." + kind;
                float[] values = values(v.layer(), kind, shape, seed, name);
                tensors.add(StoredTensor.of(name, shape, values).halved());
              });
    }
    return tensors;
  }

  private static float[] values(
      Layer layer, String kind, List<Integer> shape, long seed, String name) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    boolean drawn = kind.equals("weight") && shape.size() > 1;
    if (!drawn) {
      Arrays.fill(values, isOne(layer, kind) ? 1 : 0);
      return values;
    }
    int fanIn = values.length / shape.get(0);
    double bound = Math.sqrt(6.0 / fanIn);
    RandomGenerator random = RandomStreams.named(seed, "random-weights/" + name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  private static boolean isOne(Layer layer, String kind) {
    return layer instanceof Layer.BatchNorm2d
        && (kind.equals("weight") || kind.equals("running_var"));
  }
}
