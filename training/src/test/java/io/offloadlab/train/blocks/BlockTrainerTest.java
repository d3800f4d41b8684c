package io.offloadlab.train.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Pruning;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.train.EmbeddedImages;
import io.offloadlab.train.autograd.Initialisation;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.train.input.Augmentation;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class BlockTrainerTest {
  private static final ImageSet IMAGES = EmbeddedImages.fashion(Split.TRAIN);
  private static final ModelGraph NETWORK =
      ResNets.resnet18(10, 8, io.offloadlab.graph.Shape.of(1, 32, 32));
  private static final List<Piece> BLOCKS = BlockDetection.detect(NETWORK, .2).blocks();

  @TempDir Path folder;
  private PyTorchEngine engine;

  @BeforeEach
  void open() {
    engine = new PyTorchEngine(Engine.Processor.CPU, 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static BlockRecipe recipe(int epochs) {
    return new BlockRecipe(
        List.of(.4), .2, true, 64, epochs, 32, 1e-3, Augmentation.cropAndFlip(), 96, 3);
  }

  private BlockTrainer trainer(int epochs, Path out, boolean resume) {
    return trainer(epochs, out, resume, Precision.FLOAT32, PruningRule.PUBLISHED);
  }

  private BlockTrainer trainer(
      int epochs, Path out, boolean resume, Precision precision, PruningRule rule) {
    BlockTrainer.Job job =
        new BlockTrainer.Job(
            NETWORK,
            Initialisation.of(NETWORK, 1),
            List.of(BLOCKS.get(1), BLOCKS.get(4)),
            "fashion",
            IMAGES,
            out,
            1,
            precision,
            rule);
    return new BlockTrainer(engine, job, recipe(epochs), resume);
  }

  @Test
  @DisplayName("the kept filters are the original's, bit for bit, in its own second convolution")
  void prune_basicBlock_largestFiltersAndTheirReaders() {
    Piece piece = BLOCKS.get(2);
    Map<String, StoredTensor> original = Initialisation.of(piece.graph(), 2);

    Map<String, StoredTensor> pruned =
        Extraction.prune(piece.graph(), original, .6, PruningRule.PUBLISHED);

    ModelGraph graph = Pruning.prune(piece.graph(), .6, PruningRule.PUBLISHED);
    assertThat(pruned.keySet()).isEqualTo(graph.tensors().keySet());
    pruned.forEach((n, t) -> assertThat(t.shape()).as(n).isEqualTo(graph.tensors().get(n)));
    String path = "layer2.0.";
    float[] first = original.get(path + "conv1.weight").floats();
    float[] second = original.get(path + "conv2.weight").floats();
    int per = first.length / 16;
    double[] norms = new double[16];
    for (int i = 0; i < first.length; i++) {
      norms[i / per] += Math.abs(first[i]);
    }
    float[] keptFirst = pruned.get(path + "conv1.weight").floats();
    float[] keptSecond = pruned.get(path + "conv2.weight").floats();
    int kept = 0;
    for (int f = 0; f < 16; f++) {
      int at = f;
      long larger = java.util.Arrays.stream(norms).filter(n -> n > norms[at]).count();
      if (larger < 7) {
        assertThat(keptFirst[kept * per]).isEqualTo(first[f * per]);
        assertThat(keptSecond[kept * 9 + 4]).isEqualTo(second[f * 9 + 4]);
        kept++;
      }
    }
    assertThat(kept).isEqualTo(7);
  }

  @Test
  @DisplayName("from what a kernel gives, least squares finds the kernel, strided, biased or not")
  void solve_outputsOfAKnownKernel_theKernel() {
    for (int stride : new int[] {1, 2}) {
      boolean biased = stride == 1;
      Layer.Conv2d conv = new Layer.Conv2d(3, 4, 3, stride, 1, 1, biased);
      ModelGraph graph =
          new io.offloadlab.graph.GraphBuilder(io.offloadlab.graph.Shape.of(3, 8, 8))
              .append("conv", conv)
              .build("conv", List.of());
      Map<String, StoredTensor> weights = Initialisation.of(graph, 4);
      float[] bias = biased ? weights.get("conv.bias").floats() : new float[4];
      try (NDManager manager = engine.newManager();
          NormalEquations equations = new NormalEquations(conv, bias, manager)) {
        float[] values = new float[40 * 3 * 64];
        Random random = new Random(8);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        NDArray input = manager.create(values, new Shape(40, 3, 8, 8));
        NDArray output =
            new TrainableGraph(graph, weights, Precision.FLOAT32, manager)
                .run(input, TrainableGraph.Mode.EVALUATION);

        equations.add(input, output, RandomStreams.named(1, "patches"));

        float[] expected = weights.get("conv.weight").floats();
        float[] kernel = equations.solve();
        for (int i = 0; i < expected.length; i++) {
          assertThat(kernel[i]).isCloseTo(expected[i], within(2e-3f));
        }
      }
    }
  }

  @Test
  @DisplayName(
      "the least-squares start is nearer the original than L1 alone, training nearer still")
  void train_afterLeastSquares_errorsFall() {
    List<Integer> probe = Subsets.sample(IMAGES.size(), 64, 9, "probe");
    try (BlockTrainer trainer = trainer(2, folder, false)) {
      Map<String, Double> extracted = trainer.relativeErrors(probe);
      trainer.fitLeastSquares();
      Map<String, Double> fitted = trainer.relativeErrors(probe);

      assertThat(trainer.train(new TrainingListener() {}, new StopSignal())).isTrue();

      assertThat(extracted).containsOnlyKeys("block-1@0.4", "block-4@0.4");
      extracted.forEach((name, e) -> assertThat(fitted.get(name)).as(name).isLessThan(e * .8));
    }
  }

  @Test
  @EnabledIf("io.offloadlab.train.Processor#multipliesBfloat16")
  @DisplayName("in bfloat16 the variants come as near to the original as in float32")
  void train_bfloat16_errorsAsInFloat32() {
    List<Integer> probe = Subsets.sample(IMAGES.size(), 64, 9, "probe");
    try (BlockTrainer exact = trainer(2, folder, false);
        BlockTrainer rounded =
            trainer(2, folder, false, Precision.BFLOAT16, PruningRule.PUBLISHED)) {
      exact.train(new TrainingListener() {}, new StopSignal());
      rounded.train(new TrainingListener() {}, new StopSignal());

      Map<String, Double> errors = exact.relativeErrors(probe);
      rounded
          .relativeErrors(probe)
          .forEach(
              (variant, error) ->
                  assertThat(error)
                      .as(variant)
                      .isCloseTo(errors.get(variant), within(.05 * errors.get(variant))));
    }
  }

  @Test
  void train_interruptedAndResumed_sameBytes() {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    try {
      java.nio.file.Files.createDirectories(whole);
      java.nio.file.Files.createDirectories(parts);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    try (BlockTrainer trainer = trainer(2, whole, false)) {
      trainer.train(new TrainingListener() {}, new StopSignal());
    }

    StopSignal stop = new StopSignal();
    Map<String, Integer> seen = new HashMap<>();
    TrainingListener afterFour =
        new TrainingListener() {
          @Override
          public void batchDone(int images, String figures) {
            if (seen.merge("batches", 1, Integer::sum) == 4) {
              stop.request();
            }
          }
        };
    try (BlockTrainer trainer = trainer(2, parts, false)) {
      assertThat(trainer.train(afterFour, stop)).isFalse();
    }
    try (BlockTrainer trainer = trainer(2, parts, true)) {
      assertThat(trainer.train(new TrainingListener() {}, new StopSignal())).isTrue();
    }

    assertThat(parts.resolve(BlockTrainer.LAST))
        .hasSameBinaryContentAs(whole.resolve(BlockTrainer.LAST));
  }
}
