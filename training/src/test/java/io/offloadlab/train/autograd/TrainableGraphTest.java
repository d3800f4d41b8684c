package io.offloadlab.train.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.train.autograd.TrainableGraph.Mode;
import io.offloadlab.weights.StoredTensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainableGraphTest {
  private static final int BATCH = 5;
  private static final double SMOOTHING = .1;
  private static final int[] LABELS = {0, 2, 1, 1, 0};

  private PyTorchEngine engine;
  private NDManager manager;

  @BeforeEach
  void open() {
    engine = new PyTorchEngine(Engine.Processor.CPU, 1);
    manager = engine.newManager();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /**
   * A residual network with a changing shortcut, an inverted residual with ReLU6, and a plain one
   * with biases and maximum pooling.
   */
  static Stream<ModelGraph> graphs() {
    GraphBuilder residual = new GraphBuilder(Shape.of(2, 8, 8));
    residual.conv("stem", 2, 3, 3, 1).norm("bn", 3).relu("relu");
    ResNets.basicBlock(residual, "block", 3, 4, 2);
    residual.pool("pool", 2).flatten("flatten").linear("linear", 3);
    GraphBuilder inverted = new GraphBuilder(Shape.of(2, 6, 6));
    inverted.conv("expand", 2, 6, 1, 1).norm("bn1", 6).append("relu1", new Layer.Relu(1));
    inverted.append("depthwise", new Layer.Conv2d(6, 6, 3, 1, 1, 6, false)).norm("bn2", 6);
    inverted.append("relu2", new Layer.Relu(1)).conv("project", 6, 2, 1, 1).norm("bn3", 2);
    inverted.add("add", "bn3", ModelGraph.INPUT).flatten("flatten").linear("linear", 3);
    GraphBuilder plain = new GraphBuilder(Shape.of(2, 8, 8));
    plain.append("conv", new Layer.Conv2d(2, 4, 3, 1, 1, 1, true)).relu("relu");
    plain.maxPool("pool", 2).conv("conv2", 4, 3, 3, 1).norm("bn", 3).maxPool("pool2", 2);
    plain.flatten("flatten").linear("linear", 3);
    return Stream.of(
        residual.build("residual", List.of()),
        inverted.build("inverted", List.of()),
        plain.build("plain", List.of()));
  }

  private static Map<String, double[]> weights(ModelGraph graph) {
    Random random = new Random(5);
    Map<String, double[]> weights = new LinkedHashMap<>();
    graph
        .tensors()
        .forEach(
            (name, shape) -> {
              double[] v = new double[shape.stream().reduce(1, (a, b) -> a * b)];
              boolean positive = shape.size() == 1 && !name.endsWith("bias");
              for (int i = 0; i < v.length; i++) {
                v[i] = (float) (positive ? .5 + random.nextDouble() : random.nextGaussian() * .5);
              }
              weights.put(name, v);
            });
    return weights;
  }

  private static double[][] batch(Shape shape) {
    Random random = new Random(6);
    double[][] batch = new double[BATCH][(int) shape.elements()];
    for (double[] image : batch) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) random.nextGaussian();
      }
    }
    return batch;
  }

  private TrainableGraph load(ModelGraph graph, Map<String, double[]> weights) {
    Map<String, StoredTensor> tensors = new HashMap<>();
    weights.forEach(
        (n, v) -> tensors.put(n, StoredTensor.of(n, graph.tensors().get(n), floats(v))));
    return new TrainableGraph(graph, tensors, Precision.FLOAT32, manager);
  }

  private static float[] floats(double[]... rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return all;
  }

  private NDArray tensor(double[][] batch, Shape shape) {
    return manager.create(
        floats(batch),
        new ai.djl.ndarray.types.Shape(BATCH, shape.channels(), shape.height(), shape.width()));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("every gradient is the slope of the naive loss, by central differences")
  void backward_anyGraph_asFiniteDifferences(ModelGraph graph) {
    Map<String, double[]> weights = weights(graph);
    double[][] batch = batch(graph.input());
    TrainableGraph trainable = load(graph, weights);

    try (GradientRecording on = GradientRecording.recorded()) {
      assertThat(on).isNotNull();
      NDArray logits = trainable.run(tensor(batch, graph.input()), Mode.TRAINING);
      NDArray loss = Losses.crossEntropy(logits, Losses.targets(manager, LABELS, 3, SMOOTHING));
      GradientRecording.backward(loss, manager);
    }

    NaiveTraining naive = new NaiveTraining(graph, weights);
    double step = 1e-5;
    trainable
        .trainable()
        .forEach(
            (name, tensor) -> {
              float[] gradient = tensor.getGradient().toFloatArray();
              double[] w = weights.get(name);
              for (int i = 0; i < w.length; i++) {
                double here = w[i];
                w[i] = here + step;
                double above = NaiveTraining.crossEntropy(naive.run(batch), LABELS, SMOOTHING);
                w[i] = here - step;
                double below = NaiveTraining.crossEntropy(naive.run(batch), LABELS, SMOOTHING);
                w[i] = here;
                assertThat((double) gradient[i])
                    .as("%s[%d]", name, i)
                    .isCloseTo((above - below) / (2 * step), within(2e-5));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("a training run moves running statistics a tenth towards the unbiased batch's")
  void run_training_runningStatisticsAsPyTorchs(ModelGraph graph) {
    Map<String, double[]> weights = weights(graph);
    double[][] batch = batch(graph.input());
    TrainableGraph trainable = load(graph, weights);

    trainable.run(tensor(batch, graph.input()), Mode.TRAINING);

    NaiveTraining naive = new NaiveTraining(graph, weights);
    naive.run(batch);
    assertThat(naive.statistics).isNotEmpty();
    naive.statistics.forEach(
        (norm, statistics) -> {
          for (int k = 0; k < 2; k++) {
            String name = norm + List.of(".running_mean", ".running_var").get(k);
            float[] running = trainable.tensors().get(name).toFloatArray();
            for (int c = 0; c < running.length; c++) {
              double expected = .9 * weights.get(name)[c] + .1 * statistics[k][c];
              assertThat((double) running[c]).as(name).isCloseTo(expected, within(1e-5));
            }
          }
        });
  }

  @Test
  void run_evaluation_statisticsUnchangedAndNothingLeftButTheOutput() {
    ModelGraph graph = graphs().findFirst().orElseThrow();
    TrainableGraph trainable = load(graph, weights(graph));
    float[] before = trainable.tensors().get("bn.running_mean").toFloatArray();
    NDManager scope = manager.newSubManager();
    NDArray input = tensor(batch(graph.input()), graph.input());
    input.attach(scope);

    NDArray output = trainable.run(input, Mode.EVALUATION);

    assertThat(trainable.tensors().get("bn.running_mean").toFloatArray()).isEqualTo(before);
    assertThat(scope.getManagedArrays()).containsExactlyInAnyOrder(input, output);
  }

  @Test
  void newTrainableGraph_tensorOfAnotherShape_illegalArgumentNamingIt() {
    ModelGraph graph = graphs().findFirst().orElseThrow();
    Map<String, StoredTensor> tensors = new HashMap<>(Initialisation.of(graph, 1));
    tensors.put("stem.weight", StoredTensor.of("stem.weight", List.of(1), new float[1]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainableGraph(graph, tensors, Precision.FLOAT32, manager).close())
        .withMessageContaining("'stem.weight' of 'residual' wants [3, 2, 3, 3]");
  }
}
