package io.offloadlab.train.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.train.autograd.TrainableGraph.Mode;
import io.offloadlab.weights.StoredTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A graph in bfloat16 beside itself in float32. */
@EnabledIf("io.offloadlab.train.Processor#multipliesBfloat16")
class Bfloat16GraphTest {
  private static final int BATCH = 16;
  private static final int CLASSES = 3;

  /** A mantissa of 8 bits rounds by up to 1 in 512; a value here is behind a few of those. */
  private static final double OF_VALUES = .02;

  /**
   * Of a gradient's norm. Where rounding makes two pixels equal or turns a sign, pooling and ReLU
   * send an image's gradient another way, and 16 images do not average that out.
   */
  private static final double OF_GRADIENTS = .25;

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

  static Stream<ModelGraph> graphs() {
    return TrainableGraphTest.graphs();
  }

  private TrainableGraph load(ModelGraph graph, Precision precision) {
    Map<String, StoredTensor> weights = Initialisation.of(graph, 3);
    return new TrainableGraph(graph, weights, precision, manager);
  }

  private NDArray images(ModelGraph graph) {
    Random random = new Random(6);
    float[] values = new float[BATCH * (int) graph.input().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(
        values,
        new ai.djl.ndarray.types.Shape(
            BATCH, graph.input().channels(), graph.input().height(), graph.input().width()));
  }

  /** Every tensor's gradient, and the loss under the name {@code loss}. */
  private Map<String, float[]> gradients(TrainableGraph trainable) {
    int[] labels = new Random(7).ints(BATCH, 0, CLASSES).toArray();
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (GradientRecording on = GradientRecording.recorded()) {
      assertThat(on).isNotNull();
      NDArray logits = trainable.run(images(trainable.graph()), Mode.TRAINING);
      NDArray loss = Losses.crossEntropy(logits, Losses.targets(manager, labels, CLASSES, .1));
      gradients.put("loss", loss.toFloatArray());
      GradientRecording.backward(loss, manager);
    }
    trainable
        .trainable()
        .forEach(
            (name, tensor) -> {
              gradients.put(name, tensor.getGradient().toFloatArray());
              ai.djl.pytorch.jni.JniUtils.zeroGrad((ai.djl.pytorch.engine.PtNDArray) tensor);
            });
    return gradients;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(a[i] - (double) b[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static double norm(float[] a) {
    return distance(a, new float[a.length]);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("loss and gradients are float32's but for the rounding")
  void backward_anyGraph_withinRoundingOfFloat32(ModelGraph graph) {
    Map<String, float[]> exact = gradients(load(graph, Precision.FLOAT32));
    Map<String, float[]> rounded = gradients(load(graph, Precision.BFLOAT16));

    double largest = exact.values().stream().mapToDouble(Bfloat16GraphTest::norm).max().orElse(0);
    assertThat(distance(rounded.get("loss"), exact.get("loss")) / norm(exact.get("loss")))
        .isCloseTo(0, within(OF_VALUES));
    exact.forEach(
        (name, gradient) ->
            assertThat(distance(gradient, rounded.get(name)))
                .as(name)
                .isLessThan(OF_GRADIENTS * Math.max(norm(gradient), .05 * largest)));
    assertThat(exact.entrySet())
        .anyMatch(e -> !Arrays.equals(e.getValue(), rounded.get(e.getKey())));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("the fourth run gives what the first gave: scripts are not optimised on the way")
  void backward_again_sameBits(ModelGraph graph) {
    TrainableGraph trainable = load(graph, Precision.BFLOAT16);
    Map<String, float[]> first = gradients(trainable);

    for (int run = 2; run <= 4; run++) {
      Map<String, float[]> again = gradients(trainable);
      first.forEach((name, gradient) -> assertThat(again.get(name)).as(name).isEqualTo(gradient));
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("by running statistics: frozen is rounded, evaluation is float32")
  void run_withoutTheBatchsStatistics_roundedOnlyWhenFrozen(ModelGraph graph) {
    NDArray images = images(graph);
    float[] exact = load(graph, Precision.FLOAT32).run(images, Mode.EVALUATION).toFloatArray();
    TrainableGraph trainable = load(graph, Precision.BFLOAT16);

    float[] evaluated = trainable.run(images, Mode.EVALUATION).toFloatArray();
    float[] frozen = trainable.run(images, Mode.FROZEN).toFloatArray();

    assertThat(evaluated).isEqualTo(exact);
    assertThat(frozen).isNotEqualTo(exact);
    assertThat(distance(frozen, exact) / norm(exact)).isCloseTo(0, within(OF_VALUES));
  }
}
