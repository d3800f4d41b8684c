package io.offloadlab.train.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.graph.Component;
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
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.EmbeddedImages;
import io.offloadlab.train.autograd.Initialisation;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.input.Augmentation;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointRetrainingTest {
  private static final ImageSet IMAGES = EmbeddedImages.fashion(Split.TRAIN);
  private static final ModelGraph NETWORK = ResNets.resnet18(10, 4, Shape.of(1, 32, 32));
  private static final LegoChain CHAIN = BlockDetection.detect(NETWORK, .2);
  private static final Map<String, StoredTensor> WEIGHTS = Initialisation.of(NETWORK, 1);

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

  private BlockTrainer trainer(int epochs, double rate, Path out, boolean resume) {
    BlockTrainer.Job job =
        new BlockTrainer.Job(
            NETWORK,
            WEIGHTS,
            CHAIN.blocks(),
            "fashion",
            IMAGES,
            out,
            1,
            Precision.FLOAT32,
            PruningRule.PUBLISHED,
            Retraining.JOINT,
            Optional.empty());
    BlockRecipe recipe =
        new BlockRecipe(
            List.of(.5), .2, true, 64, epochs, 16, rate, Augmentation.cropAndFlip(), 96, 3);
    return new BlockTrainer(engine, job, recipe, resume);
  }

  private static List<Double> losses(BlockTrainer trainer) {
    List<Double> losses = new ArrayList<>();
    trainer.train(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            losses.add(
                report.figures().entrySet().stream()
                    .filter(e -> e.getKey().startsWith("error_"))
                    .mapToDouble(Map.Entry::getValue)
                    .sum());
          }
        },
        new StopSignal());
    return losses;
  }

  /** Error of the logits of the network of pruned blocks, computed piece by piece on their own. */
  private double errorOfAllPruned(BlockTrainer trainer) {
    Map<String, NDArray> trained = trainer.tensors();
    List<Integer> unseen = Subsets.sample(IMAGES.size(), 64, 77, "probe");
    try (NDManager manager = engine.newManager()) {
      NDArray images = TensorBuffers.wrap(manager, IMAGES.batch(unseen), 64, IMAGES.shape());
      NDArray x = images;
      for (Piece piece : CHAIN.pieces()) {
        Map<String, StoredTensor> weights = new HashMap<>(WEIGHTS);
        ModelGraph graph = piece.graph();
        if (piece.compressible()) {
          Component c = Variant.component(piece, .5, PruningRule.PUBLISHED);
          graph = c.graph();
          for (String n : graph.tensors().keySet()) {
            weights.put(n, TrainingCheckpoint.tensor(n, trained.get(c.weights().nameInFile(n))));
          }
        }
        x =
            new TrainableGraph(graph, weights, Precision.FLOAT32, manager)
                .run(x, TrainableGraph.Mode.EVALUATION);
      }
      float[] wanted =
          new TrainableGraph(NETWORK, WEIGHTS, Precision.FLOAT32, manager)
              .run(images, TrainableGraph.Mode.EVALUATION)
              .toFloatArray();
      float[] given = x.toFloatArray();
      double sum = 0;
      for (int i = 0; i < wanted.length; i++) {
        sum += (given[i] - wanted[i]) * (given[i] - wanted[i]) / wanted.length;
      }
      return sum;
    }
  }

  @Test
  @DisplayName("the loss falls, and what is kept is no worse than the start on images not seen")
  void train_someEpochs_lossFallsAndWhatIsKeptIsNoWorse() {
    try (BlockTrainer trainer = trainer(6, 3e-3, folder, false)) {
      trainer.fitLeastSquares();
      double before = errorOfAllPruned(trainer);

      List<Double> losses = losses(trainer);
      Map<String, StartOrRetrained> kept = trainer.keepBetter();

      assertThat(losses).hasSize(6);
      assertThat(losses.get(5)).isLessThan(.9 * losses.get(0));
      assertThat(errorOfAllPruned(trainer)).isLessThanOrEqualTo(1.001 * before);
      assertThat(kept).hasSize(8).containsKey("block-7@0.5");
    }
  }

  @Test
  @DisplayName("variants that retraining made worse are as they began")
  void keepBetter_ruinedByTheRate_theStart() {
    try (BlockTrainer trainer = trainer(1, .1, folder, false)) {
      trainer.fitLeastSquares();
      Map<String, List<Float>> start = values(trainer);
      losses(trainer);
      assertThat(values(trainer)).isNotEqualTo(start);

      Map<String, StartOrRetrained> errors = trainer.keepBetter();

      assertThat(errors.values()).allMatch(StartOrRetrained::keepsStart);
      assertThat(values(trainer)).isEqualTo(start);
    }
  }

  private static Map<String, List<Float>> values(BlockTrainer trainer) {
    Map<String, List<Float>> values = new HashMap<>();
    trainer
        .tensors()
        .forEach(
            (n, t) -> {
              List<Float> all = new ArrayList<>();
              for (float f : t.toFloatArray()) {
                all.add(f);
              }
              values.put(n, all);
            });
    return values;
  }

  @Test
  void train_interruptedAndResumed_sameBytesAndSameChoice() throws IOException {
    Path whole = Files.createDirectories(folder.resolve("whole"));
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Map<String, StartOrRetrained> kept;
    try (BlockTrainer trainer = trainer(2, 1e-3, whole, false)) {
      trainer.fitLeastSquares();
      trainer.train(new TrainingListener() {}, new StopSignal());
      kept = trainer.keepBetter();
    }

    StopSignal stop = new StopSignal();
    int[] batches = {0};
    TrainingListener afterEight =
        new TrainingListener() {
          @Override
          public void batchDone(int images, String figures) {
            if (++batches[0] == 8) {
              stop.request();
            }
          }
        };
    try (BlockTrainer trainer = trainer(2, 1e-3, parts, false)) {
      trainer.fitLeastSquares();
      assertThat(trainer.train(afterEight, stop)).isFalse();
    }
    try (BlockTrainer trainer = trainer(2, 1e-3, parts, true)) {
      assertThat(trainer.train(new TrainingListener() {}, new StopSignal())).isTrue();
      assertThat(trainer.keepBetter()).isEqualTo(kept);
    }

    assertThat(parts.resolve(BlockTrainer.LAST))
        .hasSameBinaryContentAs(whole.resolve(BlockTrainer.LAST));
  }
}
