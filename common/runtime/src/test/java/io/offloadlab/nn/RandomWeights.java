package io.offloadlab.nn;

import io.offloadlab.graph.ModelGraph;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded weights for any graph, scaled so that activations neither vanish nor explode. */
public final class RandomWeights {
  private RandomWeights() {}

  /** Values by tensor name. */
  public static Map<String, float[]> values(ModelGraph graph, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    graph.tensors().forEach((name, shape) -> values.put(name, values(name, shape, random)));
    return values;
  }

  private static float[] values(String name, List<Integer> shape, Random random) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    boolean perChannel = shape.size() == 1;
    double scale = perChannel ? 0.3 : Math.sqrt(2.0 * shape.get(0) / size);
    boolean aroundOne = perChannel && (name.endsWith("weight") || name.endsWith("running_var"));
    float[] v = new float[size];
    for (int i = 0; i < size; i++) {
      v[i] = (float) (aroundOne ? 0.5 + random.nextDouble() : random.nextGaussian() * scale);
    }
    return v;
  }

  /** The same values as a component's weights in float32. */
  public static ComponentWeights of(ModelGraph graph, long seed) {
    Map<String, float[]> values = values(graph, seed);
    List<Tensor> tensors =
        graph.tensors().entrySet().stream()
            .map(e -> Tensor.of(e.getKey(), e.getValue(), values.get(e.getKey())))
            .toList();
    return ComponentWeights.of("random", SafeTensorsWriter.write(Map.of(), tensors));
  }
}
