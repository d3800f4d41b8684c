package io.offloadlab.nn.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineGraphs;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.RandomWeights;
import io.offloadlab.nn.Tensor;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose memory a tensor is. */
class PyTorchTensorTest {
  private static final long SEED = 20;
  private PyTorchEngine engine;

  @BeforeEach
  void open() {
    engine = new PyTorchEngine(Engine.Processor.CPU, 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Program load(ModelGraph graph) {
    Component component = new Component(graph.name(), graph, WeightRef.of("none.safetensors"));
    return engine.load(component, RandomWeights.of(graph, SEED));
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  @DisplayName("a run leaves nothing behind but its output, and that is gone when it is closed")
  void run_any_oneTensorMoreUntilItIsClosed(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);
    try (Program loaded = load(graph);
        Tensor input = engine.wrap(EngineGraphs.direct(batch), 2, graph.input())) {
      assertThat(engine.tensors()).isEqualTo(1);

      Tensor output = loaded.run(input);
      assertThat(engine.tensors()).isEqualTo(2);

      output.bytes();
      output.close();
      assertThat(engine.tensors()).isEqualTo(1);
    }
    assertThat(engine.tensors()).isZero();
  }

  @Test
  @DisplayName("a wrapped buffer's bytes are the buffer's own memory")
  void bytes_ofWrappedBuffer_sameMemory() {
    ByteBuffer memory = EngineGraphs.direct(1, 2, 3);
    try (Tensor tensor = engine.wrap(memory, 1, Shape.of(3))) {
      ByteBuffer back = tensor.bytes();

      memory.putFloat(0, 7);

      assertThat(back.getFloat(0)).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("what a component computes from a tensor whose bytes were asked for outlives it")
  void run_onTensorWithCopiedBytes_outputOutlivesInput() {
    ModelGraph graph = EngineGraphs.block(4, 4, 1);
    float[] batch = EngineGraphs.batch(graph.input(), 2, SEED);
    try (Program loaded = load(graph);
        Tensor input = engine.wrap(EngineGraphs.direct(batch), 2, graph.input())) {
      Tensor between = loaded.run(input);
      between.bytes();
      try (Tensor output = loaded.run(between)) {
        float[] expected = output.floats();
        between.close();

        assertThat(output.floats()).containsExactly(expected);
      }
    }
  }

  @Test
  @DisplayName("elements in another order come out row-major")
  void bytes_transposedArray_rowMajor() {
    NDManager scope = engine.newManager();
    NDArray transposed =
        scope.create(new float[] {1, 2, 3, 4}, new ai.djl.ndarray.types.Shape(2, 2)).transpose();
    try (Tensor tensor = new PyTorchTensor((PtNDArray) transposed, 2, Shape.of(2))) {
      assertThat(tensor.floats()).containsExactly(1, 3, 2, 4);
    }
  }
}
