package io.offloadlab.train.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.nn.pytorch.TensorBuffers;
import io.offloadlab.train.EmbeddedImages;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Initialisation;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JointStepTest {
  private static final ImageSet IMAGES = EmbeddedImages.fashion(Split.TRAIN);
  private static final ModelGraph NETWORK = ResNets.resnet18(10, 4, Shape.of(1, 32, 32));
  private static final LegoChain CHAIN = BlockDetection.detect(NETWORK, .2);
  private static final Map<String, StoredTensor> WEIGHTS = Initialisation.of(NETWORK, 1);

  private PyTorchEngine engine;
  private NDManager manager;
  private CombinedNetwork network;
  private final List<Variant> variants = new ArrayList<>();

  @BeforeEach
  void open() {
    engine = new PyTorchEngine(Engine.Processor.CPU, 1);
    manager = engine.newManager();
    network = new CombinedNetwork(CHAIN, WEIGHTS, Precision.FLOAT32, manager);
    for (Piece piece : CHAIN.blocks()) {
      for (double sparsity : List.of(.25, .5)) {
        Map<String, StoredTensor> pruned =
            Extraction.prune(piece.graph(), WEIGHTS, sparsity, PruningRule.PUBLISHED);
        variants.add(
            new Variant(
                piece, sparsity, PruningRule.PUBLISHED, pruned, Precision.FLOAT32, manager));
      }
    }
  }

  @AfterEach
  void close() {
    manager.close();
    engine.close();
  }

  private NDArray images() {
    List<Integer> first = IntStream.range(0, 16).boxed().toList();
    return TensorBuffers.wrap(manager, IMAGES.batch(first), 16, IMAGES.shape());
  }

  private Combinations combinations() {
    return new Combinations(variants, 5, "combination");
  }

  private JointStep step() {
    return new JointStep(network, combinations(), TrainableGraph.Mode.TRAINING);
  }

  private static Set<String> names(Map<String, Variant> combination) {
    Set<String> names = new HashSet<>();
    combination.values().forEach(v -> names.add(v.component().name()));
    return names;
  }

  private Map<String, List<Float>> values() {
    Map<String, List<Float>> values = new LinkedHashMap<>();
    for (Variant v : variants) {
      List<Float> all = new ArrayList<>();
      v.tensors()
          .values()
          .forEach(
              t -> {
                for (float f : t.toFloatArray()) {
                  all.add(f);
                }
              });
      values.put(v.component().name(), all);
    }
    return values;
  }

  @Test
  @DisplayName("a draw is one of its number, blocks stay whole a fifth of the time, never all")
  void draw_manyNumbers_sharesOfWholeBlocksAndVariants() {
    int whole = 0;
    int first = 0;
    for (int i = 0; i < 1000; i++) {
      Map<String, Variant> drawn = combinations().draw(i);
      assertThat(drawn).isNotEmpty().isEqualTo(combinations().draw(i));
      whole += 8 - drawn.size();
      first += (int) drawn.values().stream().filter(v -> v.sparsity() == .25).count();
    }
    assertThat(whole / 8000.).isCloseTo(.2, within(.02));
    assertThat(first / 8000.).isCloseTo(.4, within(.02));
  }

  @Test
  @DisplayName("only the variants of the combination change in a step")
  void step_oneCombination_onlyItsVariantsChange() throws RetrainingStep.Diverged {
    Map<String, List<Float>> before = values();
    JointStep step = step();
    Set<String> chosen = names(combinations().draw(3));

    step.step(images(), 3, 1e-2, new double[step.figures().size()]);

    Map<String, List<Float>> after = values();
    assertThat(chosen).isNotEmpty().hasSizeLessThan(variants.size());
    for (String name : before.keySet()) {
      assertThat(after.get(name).equals(before.get(name)))
          .as(name)
          .isEqualTo(!chosen.contains(name));
    }
  }

  @Test
  @DisplayName("the error behind the last block has a gradient in the first, through whole blocks")
  void run_errorAtTheLastBoundary_gradientInTheFirstBlock() {
    Variant first = variants.get(1);
    NDArray images = images();
    Map<String, NDArray> targets = network.original(images, TrainableGraph.Mode.FROZEN);
    try (GradientRecording on = GradientRecording.recorded()) {
      assertThat(on).isNotNull();
      Map<String, NDArray> outputs =
          network.run(
              images, targets, Map.of(first.piece().name(), first), TrainableGraph.Mode.FROZEN);
      assertThat(outputs).doesNotContainKey(CHAIN.pieces().get(0).name());
      String last = CHAIN.blocks().get(CHAIN.blocks().size() - 1).name();
      GradientRecording.backward(
          Losses.meanSquaredError(outputs.get(last), targets.get(last)), manager);
    }

    first
        .trainable()
        .forEach(
            (name, tensor) -> {
              try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) tensor)) {
                assertThat(gradient).as(name).isNotNull();
                assertThat(gradient.abs().sum().getFloat()).as(name).isPositive();
              }
            });
  }

  @Test
  @DisplayName("without variants the pieces are the network, with and without its statistics")
  void original_anyImages_theNetworksLogits() {
    NDArray images = images();
    NDArray logits =
        new TrainableGraph(NETWORK, WEIGHTS, Precision.FLOAT32, manager)
            .run(images, TrainableGraph.Mode.EVALUATION);
    String last = CHAIN.pieces().get(CHAIN.pieces().size() - 1).name();

    float[] pieces =
        network.original(images, TrainableGraph.Mode.EVALUATION).get(last).toFloatArray();

    assertThat(pieces).containsExactly(logits.toFloatArray(), within(1e-5f));
  }

  @Test
  @DisplayName("the steps of a variant are counted from the draws")
  void taken_afterSomeSteps_asTheOptimisersCounted() throws RetrainingStep.Diverged {
    JointStep step = step();
    for (int i = 0; i < 6; i++) {
      step.step(images(), i, 1e-4, new double[step.figures().size()]);
    }

    for (Variant v : variants) {
      assertThat(step().taken(v, 6)).isEqualTo(v.optimizer().steps());
    }
  }

  @Test
  @DisplayName("steps of one combination after another bring the loss down")
  void step_repeatedly_lossFalls() throws RetrainingStep.Diverged {
    JointStep step = step();
    double[] early = new double[step.figures().size()];
    double[] late = new double[step.figures().size()];
    NDArray images = images();
    for (int i = 0; i < 60; i++) {
      step.step(images, i, 3e-3, i < 20 ? early : i < 40 ? new double[early.length] : late);
    }

    assertThat(step.figures())
        .startsWith("error_logits", "error_" + CHAIN.blocks().get(0).name())
        .hasSize(9);
    assertThat(sum(late)).isLessThan(.8 * sum(early));
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum;
  }
}
