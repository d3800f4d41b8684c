package io.offloadlab.node;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.RandomWeights;
import io.offloadlab.nn.Tensor;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
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
    List<StoredTensor> tensors =
        graph.tensors().entrySet().stream()
            .map(t -> StoredTensor.of(t.getKey(), t.getValue(), values.get(t.getKey())))
            .toList();
    SafeTensorsWriter.write(directory.resolve("net-" + seed + ".safetensors"), Map.of(), tensors);
    return new SmallNetwork(
        directory, graph.components(WeightRef.of("net-" + seed + ".safetensors")));
  }

  /** An early exit after the root, with seeded random weights beside the network's. */
  Component exit(long seed) {
    String file = "exit-" + seed + ".safetensors";
    ModelGraph graph =
        new GraphBuilder(chain.get(0).output())
            .pool("pool", 8)
            .flatten("flat")
            .linear("scores", CLASSES)
            .build("exit", List.of());
    Map<String, float[]> values = RandomWeights.values(graph, seed);
    SafeTensorsWriter.write(
        directory.resolve(file),
        Map.of(),
        graph.tensors().entrySet().stream()
            .map(t -> StoredTensor.of(t.getKey(), t.getValue(), values.get(t.getKey())))
            .toList());
    return new Component("exit", graph, WeightRef.of(file));
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
    return logitsLocally(chain, batch, images);
  }

  /** What some of its components give. */
  float[][] logitsLocally(List<Component> chain, int batch, ByteBuffer images) {
    try (Engine engine = Engine.open(Engine.Processor.CPU, 1)) {
      Tensor x = engine.wrap(images, batch, IMAGE);
      for (Component c : chain) {
        try (Program loaded = engine.load(c, ComponentWeights.read(directory, c))) {
          x = loaded.run(x);
        }
      }
      float[] flat = x.floats();
      float[][] logits = new float[batch][CLASSES];
      for (int i = 0; i < flat.length; i++) {
        logits[i / CLASSES][i % CLASSES] = flat[i];
      }
      return logits;
    }
  }
}
