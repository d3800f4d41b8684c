package io.offloadlab.nn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.graph.WeightRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine computes, against {@link NaiveNetwork} on seeded weights and inputs. */
class NaiveComparisonTest {
  private static final long SEED = 20;
  private static Engine engine;

  @BeforeAll
  static void startEngine() {
    engine = Engine.open(Engine.Processor.CPU, 1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  private static LoadedComponent load(ModelGraph graph) {
    Component component = new Component(graph.name(), graph, WeightRef.of("none.safetensors"));
    return engine.load(component, RandomWeights.of(graph, SEED));
  }

  private static Tensor tensor(Shape sample, int n, float[] values) {
    return engine.wrap(EngineGraphs.direct(values), n, sample);
  }

  private static NaiveNetwork naive(ModelGraph graph) {
    return new NaiveNetwork(graph, RandomWeights.values(graph, SEED));
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  void run_randomWeightsAndInput_asTheNaiveComputation(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 3, SEED);

    try (LoadedComponent loaded = load(graph);
        Tensor output = loaded.run(tensor(graph.input(), 3, batch))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), batch, graph.input(), 1e-4);
    }
  }

  @Test
  @DisplayName("a whole ResNet-18 of width 16 computes what the naive computation says")
  void run_smallResnet_asTheNaiveComputation() {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);

    try (LoadedComponent loaded = load(graph);
        Tensor output = loaded.run(tensor(graph.input(), 2, batch))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), batch, graph.input(), 1e-3);
    }
  }

  @Test
  @DisplayName("a whole VGG-16 of width 8 computes what the naive computation says")
  void run_smallVgg_asTheNaiveComputation() {
    ModelGraph graph = VggNets.vgg16(10, 8, Shape.of(3, 32, 32));
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);

    try (LoadedComponent loaded = load(graph);
        Tensor output = loaded.run(tensor(graph.input(), 2, batch))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), batch, graph.input(), 1e-3);
    }
  }

  @Test
  @DisplayName("components one after the other, tensors as they leave them, compute the network")
  void run_chainOfComponents_asTheNaiveComputationOfTheWhole() {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] image = EngineGraphs.batch(graph.input(), 1, SEED);
    Tensor x = tensor(graph.input(), 1, image);

    for (Component c : graph.components(WeightRef.of("none.safetensors"))) {
      try (LoadedComponent loaded = engine.load(c, RandomWeights.of(graph, SEED))) {
        x = loaded.run(x);
      }
    }

    NaiveAssert.assertClose(x.floats(), naive(graph), image, graph.input(), 1e-3);
  }
}
