package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.graph.WeightRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine computes, against {@link NaiveNetwork} on seeded weights and inputs. */
class NaiveComparisonTest {
  private static final long SEED = 20;
  private static final Map<String, Engine> ENGINES = new LinkedHashMap<>();

  @BeforeAll
  static void startEngines() {
    for (String name : engines()) {
      ENGINES.put(name, ChoosingEngine.open(name, Engine.Processor.CPU, 2));
    }
  }

  @AfterAll
  static void closeEngines() {
    ENGINES.values().forEach(Engine::close);
  }

  private static Program load(String engine, ModelGraph graph) {
    Component component = new Component(graph.name(), graph, WeightRef.of("none.safetensors"));
    return ENGINES.get(engine).load(component, RandomWeights.of(graph, SEED));
  }

  private static Tensor tensor(Shape sample, int n, float[] values) {
    return HostTensor.over(EngineGraphs.direct(values), n, sample);
  }

  static Stream<Arguments> enginesAndGraphs() {
    return engines().stream().flatMap(e -> EngineGraphs.graphs().map(g -> Arguments.of(e, g)));
  }

  static List<String> engines() {
    return Engines.names().stream().filter(name -> !name.contains("bfloat16")).toList();
  }

  private static NaiveNetwork naive(ModelGraph graph) {
    return new NaiveNetwork(graph, RandomWeights.values(graph, SEED));
  }

  @ParameterizedTest
  @MethodSource("enginesAndGraphs")
  void run_randomWeightsAndInput_asTheNaiveComputation(String engine, ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 3, SEED);

    try (Program loaded = load(engine, graph);
        Tensor output = loaded.run(tensor(graph.input(), 3, batch))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), batch, graph.input(), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  @DisplayName("a whole ResNet-18 of width 16 computes what the naive computation says")
  void run_smallResnet_asTheNaiveComputation(String engine) {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);

    try (Program loaded = load(engine, graph);
        Tensor output = loaded.run(tensor(graph.input(), 2, batch))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), batch, graph.input(), 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  @DisplayName("a whole VGG-16 of width 8 computes what the naive computation says")
  void run_smallVgg_asTheNaiveComputation(String engine) {
    ModelGraph graph = VggNets.vgg16(10, 8, Shape.of(3, 32, 32));
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);

    try (Program loaded = load(engine, graph);
        Tensor output = loaded.run(tensor(graph.input(), 2, batch))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), batch, graph.input(), 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  @DisplayName("components one after the other, tensors as they leave them, compute the network")
  void run_chainOfComponents_asTheNaiveComputationOfTheWhole(String engine) {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] image = EngineGraphs.batch(graph.input(), 1, SEED);
    Tensor x = tensor(graph.input(), 1, image);

    for (Component c : graph.components(WeightRef.of("none.safetensors"))) {
      try (Program loaded = ENGINES.get(engine).load(c, RandomWeights.of(graph, SEED))) {
        x = loaded.run(x);
      }
    }

    NaiveAssert.assertClose(x.floats(), naive(graph), image, graph.input(), 1e-3);
  }

  @ParameterizedTest
  @MethodSource("engines")
  @DisplayName("components in a row as one program compute the network")
  void load_chainOfComponents_computesTheWholeAtOnce(String engine) {
    ModelGraph graph = ResNets.resnet18(10, 16, Shape.of(3, 32, 32));
    float[] image = EngineGraphs.batch(graph.input(), 1, SEED);
    List<Part> parts =
        graph.components(WeightRef.of("none.safetensors")).stream()
            .map(c -> new Part(c, RandomWeights.of(graph, SEED)))
            .toList();

    try (Program program = ENGINES.get(engine).load(parts);
        Tensor output = program.run(tensor(graph.input(), 1, image))) {
      NaiveAssert.assertClose(output.floats(), naive(graph), image, graph.input(), 1e-3);
      assertThat(program.output()).isEqualTo(graph.shape(graph.output()));
    }
  }
}
