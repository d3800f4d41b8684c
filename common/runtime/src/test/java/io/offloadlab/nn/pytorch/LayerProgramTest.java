package io.offloadlab.nn.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineGraphs;
import io.offloadlab.nn.FoldedGraph;
import io.offloadlab.nn.NaiveAssert;
import io.offloadlab.nn.NaiveNetwork;
import io.offloadlab.nn.RandomWeights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layer by layer, as on a GPU and where there is no oneDNN. */
class LayerProgramTest {
  private static final long SEED = 20;
  private static PyTorchEngine engine;

  @BeforeAll
  static void startEngine() {
    engine = new PyTorchEngine(Engine.Processor.CPU, 1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.nn.EngineGraphs#graphs")
  void run_randomWeightsAndInput_asTheNaiveComputationAndNothingLeftBehind(ModelGraph graph) {
    float[] batch = EngineGraphs.batch(graph.input(), 3, SEED);
    FoldedGraph folded = FoldedGraph.of(graph, RandomWeights.of(graph, SEED));

    try (NDManager owner = engine.newManager();
        NDManager scope = engine.newManager();
        LayerProgram program = LayerProgram.of(folded, owner)) {
      NDArray input = TensorBuffers.wrap(scope, EngineGraphs.direct(batch), 3, graph.input());
      NDArray output = program.run((PtNDArray) input);

      assertThat(scope.getManagedArrays()).containsExactlyInAnyOrder(input, output);
      NaiveAssert.assertClose(
          output.toFloatArray(),
          new NaiveNetwork(graph, RandomWeights.values(graph, SEED)),
          batch,
          graph.input(),
          1e-4);
    }
  }
}
