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
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
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

  private NDArray tensor(Shape sample, int n, float[] values) {
    return manager.create(values, EngineGraphs.djl(sample, n));
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  @DisplayName("a run leaves its input as it was, and nothing but its output behind")
  void run_any_inputUnchangedAndOneTensorMore(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);
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
    ModelGraph graph = EngineGraphs.from(2, 2, 2).flatten("f").build("flatten", List.of());
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
    ModelGraph graph = EngineGraphs.block(4, 8, 2);
    NDArray input = tensor(graph.input(), 2, EngineGraphs.batch(graph.input(), 2, SEED));
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
    try (LoadedComponent loaded = load(EngineGraphs.block(4, 4, 1))) {
      NDArray input = manager.zeros(new ai.djl.ndarray.types.Shape(1, 4, 8, 9));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> loaded.run(input))
          .withMessageContaining("wants float32 (n, 4, 8, 8), got float32 (1, 4, 8, 9)");
    }
  }

  @Test
  void run_afterClose_illegalState() {
    LoadedComponent loaded = load(EngineGraphs.block(4, 4, 1));
    loaded.close();
    NDArray input = manager.zeros(new ai.djl.ndarray.types.Shape(1, 4, 8, 8));

    assertThatIllegalStateException().isThrownBy(() -> loaded.run(input));
  }

  @Test
  void load_weightsOfAnotherComponent_runFailureNamingTheTensor() {
    Component component = component(EngineGraphs.block(4, 4, 1));
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
