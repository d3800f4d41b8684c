package io.offloadlab.nn;

import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Small graphs with every layer, and every neighbourhood that folding or fusing could get wrong.
 */
public final class EngineGraphs {
  private EngineGraphs() {}

  /** A graph that takes samples of a shape. */
  public static GraphBuilder from(int... shape) {
    return new GraphBuilder(Shape.of(shape));
  }

  /** A residual block on maps of 8x8. */
  public static ModelGraph block(int in, int out, int stride) {
    GraphBuilder g = from(in, 8, 8);
    ResNets.basicBlock(g, "block", in, out, stride);
    return g.build(String.format(Locale.ROOT, "block(%d, %d, %d)", in, out, stride), List.of());
  }

  /** All of them. */
  public static Stream<ModelGraph> graphs() {
    return Stream.of(
        from(3, 7, 5).conv("c", 3, 4, 3, 1).build("convolution", List.of()),
        from(3, 9, 9).conv("c", 3, 4, 3, 2).build("stride 2", List.of()),
        from(3, 8, 8).append("c", new Layer.Conv2d(3, 5, 1, 2, 0, 1, true)).build("1x1", List.of()),
        from(6, 8, 8)
            .append("c", new Layer.Conv2d(6, 4, 3, 1, 1, 2, true))
            .build("two groups", List.of()),
        from(6, 8, 8)
            .append("c", new Layer.Conv2d(6, 6, 3, 2, 1, 6, false))
            .norm("n", 6)
            .append("r", new Layer.Relu(6))
            .build("depthwise, norm, ReLU6", List.of()),
        from(4, 6, 6).append("c", new Layer.Conv2d(4, 4, 5, 1, 0, 1, true)).build("5x5", List.of()),
        from(5, 4, 4).norm("n", 5).build("norm alone", List.of()),
        from(3, 4, 4).conv("c", 3, 5, 3, 1).norm("n", 5).norm("m", 5).build("two norms", List.of()),
        from(3, 4, 4)
            .append("c", new Layer.Conv2d(3, 5, 3, 1, 1, 1, true))
            .norm("n", 5)
            .build("norm after a bias", List.of()),
        from(3, 4, 4).relu("r").norm("n", 3).build("norm after ReLU", List.of()),
        // Here the norm must not be folded: the sum reads the convolution's own output, too.
        from(3, 4, 4)
            .conv("c", 3, 3, 3, 1)
            .norm("n", 3)
            .add("a", "n", "c")
            .build("convolution read twice", List.of()),
        from(4).relu("r").build("ReLU of a vector", List.of()),
        from(4).append("r", new Layer.Relu(0.5)).build("ReLU with a ceiling", List.of()),
        from(3, 4, 4).add("a", ModelGraph.INPUT, ModelGraph.INPUT).build("x + x", List.of()),
        from(3, 4, 4).relu("r").add("a", "r", "r").relu("s").build("relu + relu", List.of()),
        from(3, 8, 8).pool("p", 4).build("pool", List.of()),
        from(3, 9, 7).pool("p", 2).build("pool with a remainder", List.of()),
        from(3, 8, 8).maxPool("p", 2).build("max pool", List.of()),
        from(3, 9, 7).maxPool("p", 3).build("max pool with a remainder", List.of()),
        from(3, 8, 8)
            .append("c", new Layer.Conv2d(3, 5, 3, 1, 1, 1, true))
            .norm("n", 5)
            .relu("r")
            .maxPool("p", 2)
            .build("convolution, norm, ReLU, max pool", List.of()),
        from(4, 3).relu("r").build("ReLU of two dimensions", List.of()),
        from(2, 3, 2, 2).add("a", ModelGraph.INPUT, ModelGraph.INPUT).build("4 dims", List.of()),
        from(3, 4, 4).flatten("f").build("flatten", List.of()),
        from(3, 4, 4).flatten("f").flatten("g").build("flatten twice", List.of()),
        from(7).linear("l", 3).build("linear", List.of()),
        from(3, 4, 4).relu("r").flatten("f").relu("s").linear("l", 3).build("chain", List.of()),
        block(4, 4, 1),
        block(4, 8, 2),
        block(4, 6, 1));
  }

  /** Seeded normal numbers, n samples of a shape. */
  public static float[] batch(Shape sample, int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) sample.elements() * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Values as an engine takes them. */
  public static ByteBuffer direct(float... values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }
}
