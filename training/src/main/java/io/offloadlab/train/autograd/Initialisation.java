package io.offloadlab.train.autograd;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.weights.StoredTensor;
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
  public static Map<String, StoredTensor> of(ModelGraph graph, long seed) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Vertex v : graph.vertices()) {
      v.layer()
          .tensors()
          .forEach(
              (kind, shape) -> {
                String name = v.name() + "." + kind;
                tensors.put(
                    name, StoredTensor.of(name, shape, values(v.layer(), kind, shape, seed, name)));
              });
    }
    return tensors;
  }

  private static float[] values(
      Layer layer, String kind, List<Integer> shape, long seed, String name) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    int fanIn = layer.accept(FanIn.INSTANCE);
    if (fanIn == 0) {
      Arrays.fill(values, kind.equals("weight") || kind.equals("running_var") ? 1 : 0);
      return values;
    }
    double bound = 1 / Math.sqrt(fanIn);
    RandomGenerator random = RandomStreams.named(seed, "initial/" + name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  /** Values that one output is a weighted sum of; 0 for layers that begin as the identity. */
  private enum FanIn implements Layer.Visitor<Integer> {
    INSTANCE;

    @Override
    public Integer conv2d(Layer.Conv2d c) {
      return c.in() / c.groups() * c.kernel() * c.kernel();
    }

    @Override
    public Integer batchNorm2d(Layer.BatchNorm2d norm) {
      return 0;
    }

    @Override
    public Integer relu(Layer.Relu relu) {
      return 0;
    }

    @Override
    public Integer add(Layer.Add add) {
      return 0;
    }

    @Override
    public Integer avgPool2d(Layer.AvgPool2d pool) {
      return 0;
    }

    @Override
    public Integer maxPool2d(Layer.MaxPool2d pool) {
      return 0;
    }

    @Override
    public Integer flatten(Layer.Flatten flatten) {
      return 0;
    }

    @Override
    public Integer linear(Layer.Linear linear) {
      return linear.in();
    }
  }
}
