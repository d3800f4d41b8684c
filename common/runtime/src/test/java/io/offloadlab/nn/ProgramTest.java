package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {
  private static final long SEED = 20;
  private static final WeightRef ANYWHERE = WeightRef.of("none.safetensors");
  private static Engine engine;

  @BeforeAll
  static void startEngine() {
    engine = Engine.open(Engine.Processor.CPU, 1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  private static Component component(ModelGraph graph) {
    return new Component(graph.name(), graph, ANYWHERE);
  }

  private static Program load(ModelGraph graph) {
    return engine.load(component(graph), RandomWeights.of(graph, SEED));
  }

  private Tensor tensor(Shape sample, int n, float[] values) {
    return engine.wrap(EngineGraphs.direct(values), n, sample);
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  @DisplayName("a run leaves its input as it was, and its output outlives it")
  void run_any_inputUnchangedAndOutputOfItsOwn(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);
    Tensor input = tensor(graph.input(), 2, batch);
    try (Program loaded = load(graph);
        Tensor output = loaded.run(input)) {
      assertThat(input.floats()).containsExactly(batch);
      float[] before = output.floats();
      input.close();

      assertThat(output.floats()).containsExactly(before);
      assertThat(output.batch()).isEqualTo(2);
      assertThat(output.shape()).isEqualTo(graph.shape(graph.output()));
    }
  }

  @Test
  @DisplayName("an output of a component that only flattens does not share memory with its input")
  void run_flattenOnly_outputSurvivesTheInputsMemory() {
    ModelGraph graph = EngineGraphs.from(2, 2, 2).flatten("f").build("flatten", List.of());
    ByteBuffer memory = ByteBuffer.allocateDirect(32).order(ByteOrder.LITTLE_ENDIAN);
    memory.putFloat(0, 1);
    try (Program loaded = load(graph)) {
      Tensor input = engine.wrap(memory, 1, Shape.of(2, 2, 2));
      Tensor output = loaded.run(input);
      input.close();

      memory.putFloat(0, 2);

      assertThat(output.floats()[0]).isEqualTo(1);
    }
  }

  @Test
  void run_oneThreadAndTwo_sameResult() {
    ModelGraph graph = EngineGraphs.block(4, 8, 2);
    Tensor input = tensor(graph.input(), 2, EngineGraphs.batch(graph.input(), 2, SEED));
    try (Program loaded = load(graph)) {
      float[] one = loaded.run(input, 1).floats();

      float[] two = loaded.run(input, 2).floats();

      for (int i = 0; i < one.length; i++) {
        assertThat(two[i]).isCloseTo(one[i], within(1e-5f));
      }
    }
  }

  @Test
  void run_otherShape_illegalArgumentNamingBoth() {
    try (Program loaded = load(EngineGraphs.block(4, 4, 1))) {
      Tensor input = tensor(Shape.of(4, 8, 9), 1, new float[4 * 8 * 9]);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> loaded.run(input))
          .withMessageContaining("wants samples of (4, 8, 8), got (4, 8, 9)");
    }
  }

  @Test
  void run_afterClose_illegalState() {
    Program loaded = load(EngineGraphs.block(4, 4, 1));
    loaded.close();
    Tensor input = tensor(Shape.of(4, 8, 8), 1, new float[4 * 8 * 8]);

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
        .isThrownBy(() -> Engine.open(Engine.Processor.GPU, 1).close())
        .withMessageContaining("finds no CUDA device: use cpu");
  }

  @Test
  void engine_noThreads_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engine.open(Engine.Processor.CPU, 0).close());
  }

  @Test
  @DisplayName("another engine's tensor is read through its bytes")
  void run_tensorOfAnotherEngine_sameResult() {
    ModelGraph graph = EngineGraphs.block(4, 8, 2);
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);
    try (Program loaded = load(graph);
        Tensor own = tensor(graph.input(), 2, batch);
        Tensor expected = loaded.run(own);
        Tensor got = loaded.run(new PlainTensor(graph.input(), batch))) {
      assertThat(got.floats()).containsExactly(expected.floats());
    }
  }

  /** As an engine without native memory of its own would have them. */
  private record PlainTensor(Shape shape, ByteBuffer bytes) implements Tensor {
    PlainTensor(Shape shape, float[] values) {
      this(shape, EngineGraphs.direct(values));
    }

    @Override
    public int batch() {
      return Math.toIntExact(bytes.capacity() / shape.bytes());
    }

    @Override
    public void close() {}
  }

  @Test
  void open_anEngineThatThereIsNot_runFailureNamingThoseThereAre() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> ChoosingEngine.open("none", Engine.Processor.CPU, 1).close())
        .withMessage(
            "there is no engine 'none': it is one of [auto, onednn, onnxruntime, pytorch,"
                + " onednn-bfloat16]");
  }

  @Test
  void wrap_noSamples_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.wrap(EngineGraphs.direct(), 0, Shape.of(2)));
  }
}
