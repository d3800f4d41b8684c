package io.offloadlab.node;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.RandomWeights;
import io.offloadlab.nn.TensorBuffers;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** ResNet-18 of width 16 with seeded random weights in a model directory of its own. */
record SmallNetwork(Path directory, List<Component> chain) {
  static final int CLASSES = 10;
  static final Shape IMAGE = Shape.of(3, 32, 32);

  static SmallNetwork write(Path directory, long seed) {
    ModelGraph graph = ResNets.resnet18(CLASSES, 16, IMAGE);
    Map<String, float[]> values = RandomWeights.values(graph, seed);
    List<Tensor> tensors =
        graph.tensors().entrySet().stream()
            .map(t -> Tensor.of(t.getKey(), t.getValue(), values.get(t.getKey())))
            .toList();
    SafeTensorsWriter.write(directory.resolve("net-" + seed + ".safetensors"), Map.of(), tensors);
    return new SmallNetwork(
        directory, graph.components(WeightRef.of("net-" + seed + ".safetensors")));
  }

  /** Seeded random images in direct memory. */
  static ByteBuffer images(int batch, long seed) {
    ByteBuffer images =
        ByteBuffer.allocateDirect(Math.toIntExact(IMAGE.bytes() * batch))
            .order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(seed);
    while (images.hasRemaining()) {
      images.putFloat((float) random.nextGaussian());
    }
    return images.flip();
  }

  /** What the network gives when one engine runs all of it. */
  float[][] logitsLocally(int batch, ByteBuffer images) {
    try (Engine engine = new Engine(Engine.Processor.CPU, 1);
        NDManager manager = engine.newManager()) {
      NDArray x =
          TensorBuffers.wrap(manager, images, new ai.djl.ndarray.types.Shape(batch, 3, 32, 32));
      for (Component c : chain) {
        try (LoadedComponent loaded = engine.load(c, ComponentWeights.read(directory, c))) {
          x = loaded.run(x);
        }
      }
      float[] flat = x.toFloatArray();
      float[][] logits = new float[batch][CLASSES];
      for (int i = 0; i < flat.length; i++) {
        logits[i / CLASSES][i % CLASSES] = flat[i];
      }
      return logits;
    }
  }
}
