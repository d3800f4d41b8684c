package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadedComponentTest {
  private static final long SEED = 20;
  private static final WeightRef ANYWHERE = WeightRef.of("none.safetensors");
  private static Engine engine;

  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    engine = new Engine(Engine.Processor.CPU, 1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void openManager() {
    manager = engine.newManager();
  }

  @AfterEach
  void closeManager() {
    manager.close();
  }

  private static Component component(ModelGraph graph) {
    return new Component(graph.name(), graph, ANYWHERE);
  }

  private static LoadedComponent load(ModelGraph graph) {
    return engine.load(component(graph), RandomWeights.of(graph, SEED));
  }

  private static float[] randomBatch(Shape sample, int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) sample.elements() * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private NDArray tensor(Shape sample, int n, float[] values) {
    long[] dims =
        IntStream.concat(IntStream.of(n), sample.dims().stream().mapToInt(i -> i))
            .asLongStream()
            .toArray();
    return manager.create(values, new ai.djl.ndarray.types.Shape(dims));
  }

  private static GraphBuilder from(int... shape) {
    return new GraphBuilder(Shape.of(shape));
  }

  private static ModelGraph block(int in, int out, int stride) {
    GraphBuilder g = from(in, 8, 8);
    ResNets.basicBlock(g, "block", in, out, stride);
    return g.build("block(%d, %d, %d)".formatted(in, out, stride), List.of());
  }

  static Stream<ModelGraph> graphs() {
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
        from(3, 4, 4).flatten("f").build("flatten", List.of()),
        from(3, 4, 4).flatten("f").flatten("g").build("flatten twice", List.of()),
        from(7).linear("l", 3).build("linear", List.of()),
        from(3, 4, 4).relu("r").flatten("f").relu("s").linear("l", 3).build("chain", List.of()),
        block(4, 4, 1),
        block(4, 8, 2),
        block(4, 6, 1));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void run_randomWeightsAndInput_asTheNaiveComputation(ModelGraph graph) {
    Shape in = graph.input();
    float[] batch = randomBatch(in, 3, SEED);
    NaiveNetwork naive = new NaiveNetwork(graph, RandomWeights.values(graph, SEED));

    try (LoadedComponent loaded = load(graph);
        NDArray output = loaded.run(tensor(in, 3, batch))) {
      assertClose(output, naive, batch, in, 1e-4);
    }
  }

  @Test
  @DisplayName("a whole ResNet-18 of width 16 computes what the naive computation says")
  void run_smallResnet_asTheNaiveComputation() {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] batch = randomBatch(graph.input(), 2, SEED);
    NaiveNetwork naive = new NaiveNetwork(graph, RandomWeights.values(graph, SEED));

    try (LoadedComponent loaded = load(graph);
        NDArray output = loaded.run(tensor(graph.input(), 2, batch))) {
      assertClose(output, naive, batch, graph.input(), 1e-3);
    }
  }

  private static void assertClose(
      NDArray output, NaiveNetwork naive, float[] batch, Shape sample, double tolerance) {
    float[] got = output.toFloatArray();
    int each = (int) sample.elements();
    int n = batch.length / each;
    assertThat(output.getShape().get(0)).isEqualTo(n);
    for (int i = 0; i < n; i++) {
      double[] image = new double[each];
      for (int j = 0; j < each; j++) {
        image[j] = batch[i * each + j];
      }
      double[] expected = naive.run(image);
      assertThat(got.length).isEqualTo(expected.length * n);
      for (int j = 0; j < expected.length; j++) {
        assertThat((double) got[i * expected.length + j])
            .as("image %d element %d", i, j)
            .isCloseTo(expected[j], within(tolerance * Math.max(1, Math.abs(expected[j]))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("a run leaves its input as it was, and nothing but its output behind")
  void run_any_inputUnchangedAndOneTensorMore(ModelGraph graph) {
    float[] batch = randomBatch(graph.input(), 2, SEED);
    NDArray input = tensor(graph.input(), 2, batch);
    try (LoadedComponent loaded = load(graph)) {
      int before = manager.getManagedArrays().size();

      NDArray output = loaded.run(input);

      assertThat(input.toFloatArray()).containsExactly(batch);
      assertThat(manager.getManagedArrays()).hasSize(before + 1).contains(output);
    }
  }

  @Test
  @DisplayName("an output of a component that only flattens does not share memory with its input")
  void run_flattenOnly_outputSurvivesTheInputsMemory() {
    ModelGraph graph = from(2, 2, 2).flatten("f").build("flatten", List.of());
    ByteBuffer memory = ByteBuffer.allocateDirect(32).order(ByteOrder.LITTLE_ENDIAN);
    memory.putFloat(0, 1);
    try (LoadedComponent loaded = load(graph)) {
      NDArray input =
          TensorBuffers.wrap(manager, memory, new ai.djl.ndarray.types.Shape(1, 2, 2, 2));
      NDArray output = loaded.run(input);
      input.close();

      memory.putFloat(0, 2);

      assertThat(output.toFloatArray()[0]).isEqualTo(1);
    }
  }

  @Test
  void run_oneThreadAndTwo_sameResult() {
    ModelGraph graph = block(4, 8, 2);
    NDArray input = tensor(graph.input(), 2, randomBatch(graph.input(), 2, SEED));
    try (LoadedComponent loaded = load(graph)) {
      float[] one = loaded.run(input, 1).toFloatArray();

      float[] two = loaded.run(input, 2).toFloatArray();

      for (int i = 0; i < one.length; i++) {
        assertThat(two[i]).isCloseTo(one[i], within(1e-5f));
      }
    }
  }

  @Test
  void run_otherShape_illegalArgumentNamingBoth() {
    try (LoadedComponent loaded = load(block(4, 4, 1))) {
      NDArray input = manager.zeros(new ai.djl.ndarray.types.Shape(1, 4, 8, 9));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> loaded.run(input))
          .withMessageContaining("wants float32 (n, 4, 8, 8), got float32 (1, 4, 8, 9)");
    }
  }

  @Test
  void run_afterClose_illegalState() {
    LoadedComponent loaded = load(block(4, 4, 1));
    loaded.close();
    NDArray input = manager.zeros(new ai.djl.ndarray.types.Shape(1, 4, 8, 8));

    assertThatIllegalStateException().isThrownBy(() -> loaded.run(input));
  }

  @Test
  void load_weightsOfAnotherComponent_runFailureNamingTheTensor() {
    Component component = component(block(4, 4, 1));
    ComponentWeights none =
        ComponentWeights.of("peer", SafeTensorsWriter.write(Map.of(), List.of()));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> engine.load(component, none))
        .withMessage("peer: tensor 'block.conv1.weight' is missing");
  }

  @Test
  void engine_gpuWithoutCuda_runFailureSayingWhatToDo() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> new Engine(Engine.Processor.GPU, 1).close())
        .withMessageContaining("finds no CUDA device: use cpu");
  }

  @Test
  void engine_noThreads_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Engine(Engine.Processor.CPU, 0).close());
  }
}
