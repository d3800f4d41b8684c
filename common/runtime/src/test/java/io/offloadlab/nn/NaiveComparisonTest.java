package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways in which a graph runs, against {@link NaiveNetwork} on seeded weights and inputs. */
class NaiveComparisonTest {
  private static final long SEED = 20;
  private static Engine engine;
  private static NDManager manager;

  @BeforeAll
  static void startEngine() {
    engine = new Engine(Engine.Processor.CPU, 1);
    manager = engine.newManager();
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  private static LoadedComponent load(ModelGraph graph) {
    Component component = new Component(graph.name(), graph, WeightRef.of("none.safetensors"));
    return engine.load(component, RandomWeights.of(graph, SEED));
  }

  private static NDArray tensor(Shape sample, int n, float[] values) {
    return manager.create(values, EngineGraphs.djl(sample, n));
  }

  private static NaiveNetwork naive(ModelGraph graph) {
    return new NaiveNetwork(graph, RandomWeights.values(graph, SEED));
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  void run_randomWeightsAndInput_asTheNaiveComputation(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 3, SEED);

    try (LoadedComponent loaded = load(graph);
        NDArray output = loaded.run(tensor(graph.input(), 3, batch))) {
      assertClose(output, naive(graph), batch, graph.input(), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  @DisplayName("layer by layer, as on a GPU and where there is no oneDNN, computes the same")
  void run_layerByLayer_asTheNaiveComputation(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 3, SEED);
    FoldedGraph folded = FoldedGraph.of(graph, RandomWeights.of(graph, SEED));

    try (NDManager owner = engine.newManager();
        Program program = Program.of(folded, owner);
        NDArray output = program.run((PtNDArray) tensor(graph.input(), 3, batch))) {
      assertClose(output, naive(graph), batch, graph.input(), 1e-4);
    }
  }

  @Test
  @DisplayName("a whole ResNet-18 of width 16 computes what the naive computation says")
  void run_smallResnet_asTheNaiveComputation() {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);

    try (LoadedComponent loaded = load(graph);
        NDArray output = loaded.run(tensor(graph.input(), 2, batch))) {
      assertClose(output, naive(graph), batch, graph.input(), 1e-3);
    }
  }

  @Test
  @DisplayName("components one after the other, tensors as they leave them, compute the network")
  void run_chainOfComponents_asTheNaiveComputationOfTheWhole() {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] image = EngineGraphs.batch(graph.input(), 1, SEED);
    NDArray x = tensor(graph.input(), 1, image);

    for (Component c : graph.components(WeightRef.of("none.safetensors"))) {
      try (LoadedComponent loaded = engine.load(c, RandomWeights.of(graph, SEED))) {
        x = loaded.run(x);
      }
    }

    assertClose(x, naive(graph), image, graph.input(), 1e-3);
  }

  private static float[] values(NDArray tensor) {
    float[] values = new float[(int) tensor.size()];
    TensorBuffers.bytes(tensor).asFloatBuffer().get(values);
    return values;
  }

  private static void assertClose(
      NDArray output, NaiveNetwork naive, float[] batch, Shape sample, double tolerance) {
    float[] got = values(output);
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
}
