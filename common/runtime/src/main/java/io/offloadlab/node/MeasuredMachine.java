package io.offloadlab.node;

import com.sun.management.OperatingSystemMXBean;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself when it arrives.
 *
 * @param cores processors it computes with
 * @param memoryBytes physical memory
 * @param flopsPerSecond speed of a matrix product: a first estimate until components are measured
 */
record MeasuredMachine(int cores, long memoryBytes, double flopsPerSecond) {
  private static final int SIDE = 512;
  private static final int RUNS = 8;

  static MeasuredMachine measure(Engine engine) {
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MeasuredMachine(engine.threads(), os.getTotalMemorySize(), flopsPerSecond(engine));
  }

  private static double flopsPerSecond(Engine engine) {
    Component product =
        new Component(
            "product",
            new GraphBuilder(Shape.of(SIDE)).linear("product", SIDE).build("product", List.of()),
            WeightRef.of("none"));
    ByteBuffer ones =
        ByteBuffer.allocateDirect(SIDE * SIDE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (ones.hasRemaining()) {
      ones.putFloat(1);
    }
    long best = Long.MAX_VALUE;
    try (Program loaded = engine.load(product, weights(product));
        Tensor input = engine.wrap(ones.flip(), SIDE, Shape.of(SIDE))) {
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        try (Tensor output = loaded.run(input)) {
          // Reading one value waits for a device that computes asynchronously.
          output.bytes().getFloat(0);
        }
        best = Math.min(best, System.nanoTime() - start);
      }
    }
    return (double) product.flops() * SIDE / best * 1e9;
  }

  private static ComponentWeights weights(Component product) {
    List<StoredTensor> tensors = new ArrayList<>();
    product
        .graph()
        .tensors()
        .forEach(
            (name, shape) -> {
              float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
              Arrays.fill(values, 1);
              tensors.add(StoredTensor.of(name, shape, values));
            });
    return ComponentWeights.of("ones", SafeTensorsWriter.write(Map.of(), tensors));
  }
}
