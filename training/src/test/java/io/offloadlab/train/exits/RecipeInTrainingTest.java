package io.offloadlab.train.exits;

import static io.offloadlab.train.exits.Jobs.job;
import static io.offloadlab.train.exits.Jobs.network;
import static io.offloadlab.train.exits.Jobs.recipe;
import static io.offloadlab.train.exits.Jobs.stopAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.input.BatchLoader;
import io.offloadlab.train.input.Epoch;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe's settings do to a training. */
class RecipeInTrainingTest {
  private static final TrainingListener QUIET = new TrainingListener() {};
  private static final MultiExitGraph PLAIN = MultiExitGraph.withoutBranches(network(4));
  private static final MultiExitGraph BRANCHED = MultiExitGraph.withBranches(network(4));

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

  private void train(MultiExitGraph graph, Recipe recipe, Path out) throws IOException {
    new ExitTrainer(job(graph, out), recipe, QUIET, new StopSignal()).train(engine, null);
  }

  @Test
  @DisplayName("one step with averaging: what is kept is the mean that the formula gives")
  void train_average_bestHoldsTheMovingAverage() throws IOException {
    String name = "layer1.0.conv1.weight";
    Recipe one = recipe(1, 20, .05, 1, List.of(), .999, 0);

    train(PLAIN, one, folder);

    float[] before = PLAIN.initialised(one.seed()).get(name).floats();
    float[] after = SafeTensors.open(folder.resolve(ExitTrainer.LAST)).tensor(name).floats();
    float[] kept = SafeTensors.open(folder.resolve(ExitTrainer.BEST)).tensor(name).floats();
    double decay = 2.0 / 11;
    for (int i = 0; i < kept.length; i++) {
      assertThat((double) kept[i])
          .isCloseTo(decay * before[i] + (1 - decay) * after[i], within(1e-6));
    }
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  @DisplayName("a training with averaged weights goes on from its checkpoint bit for bit")
  void train_averageInterruptedAndResumed_sameBytes() throws IOException {
    Recipe recipe = recipe(2, 60, .05, 1, List.of(), .9, 0);
    Path parts = folder.resolve("parts");
    train(PLAIN, recipe, folder.resolve("whole"));

    StopSignal stop = new StopSignal();
    assertThat(
            new ExitTrainer(job(PLAIN, parts), recipe, stopAfter(4, stop), stop)
                .train(engine, null))
        .isFalse();
    ExitTrainer resumed = new ExitTrainer(job(PLAIN, parts), recipe, QUIET, new StopSignal());
    assertThat(resumed.train(engine, resumed.resumable())).isTrue();

    for (String file : List.of(ExitTrainer.LAST, ExitTrainer.BEST)) {
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  @Test
  @DisplayName("an exit of weight 0 learns nothing; its ratio to the others is all that counts")
  void train_exitWeights_onlyWeightedExitsAreTrained() throws IOException {
    Path first = folder.resolve("first");
    Path twice = folder.resolve("twice");

    train(BRANCHED, recipe(1, 20, .05, 1, List.of(1., 0., 0.), 0, 0), first);
    train(BRANCHED, recipe(1, 20, .05, 1, List.of(2., 0., 0.), 0, 0), twice);

    SafeTensors trained = SafeTensors.open(first.resolve(ExitTrainer.LAST));
    SafeTensors scaled = SafeTensors.open(twice.resolve(ExitTrainer.LAST));
    // Weight decay alone moves the head that no loss reaches: one step of it.
    float[] head = BRANCHED.initialised(11).get("linear.weight").floats();
    for (int i = 0; i < head.length; i++) {
      assertThat((double) trained.tensor("linear.weight").floats()[i])
          .isCloseTo(head[i] * (1 - .05 * 5e-4 * 1.9), within(1e-7));
    }
    String branch = "branch.exit_point-3.3.weight";
    assertThat(trained.tensor(branch).floats())
        .isNotEqualTo(BRANCHED.initialised(11).get(branch).floats())
        .isEqualTo(scaled.tensor(branch).floats());
  }

  @Test
  void newExitTrainer_weightsForOtherExits_illegalArgumentNamingBoth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train(PLAIN, recipe(1, 20, .05, 1, List.of(1., 1., 1.), 0, 0), folder))
        .withMessage("exit weights are one for each of [exit-7], not [1.0, 1.0, 1.0]");
  }

  @Test
  @DisplayName("two accumulated batches make one step: with the mean of their gradients")
  void gradient_accumulated_meanOfBothBatches() throws IOException, InterruptedException {
    Recipe together = recipe(1, 60, .05, 2);
    String name = "linear.weight";
    List<float[]> gradients = new ArrayList<>();
    try (NDManager manager = engine.newManager();
        BatchLoader loader =
            new BatchLoader(
                job(PLAIN, folder).images(),
                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19),
                10,
                together.augmentation(),
                1,
                1)) {
      for (int[] use : new int[][] {{0}, {1}, {0, 1}}) {
        MultiExitNetwork network =
            new MultiExitNetwork(PLAIN, PLAIN.initialised(1), Precision.FLOAT32, manager);
        ExitStep step = new ExitStep(network, job(PLAIN, folder).images().shape(), together);
        for (int number : use) {
          try (Epoch epoch = loader.epoch(0, number);
              var batch = epoch.next()) {
            step.gradient(batch, manager);
          }
        }
        gradients.add(network.trainable().get(name).getGradient().toFloatArray());
      }
    }
    // The recipe halves each of them, for there are two in a step.
    for (int i = 0; i < gradients.get(2).length; i++) {
      assertThat(gradients.get(2)[i])
          .isCloseTo(gradients.get(0)[i] + gradients.get(1)[i], within(1e-6f));
    }
  }

  @Test
  void train_moreAccumulatedBatchesThanThereAre_runFailureNamingBoth() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> train(PLAIN, recipe(1, 60, .05, 4), folder))
        .withMessageContaining("3 batches of 16 images do not make one step of 4");
  }

  @Test
  @DisplayName("no better epoch for as long as the patience lasts: the training ends, and says so")
  void train_accuracyThatCannotRise_stopsEarly() throws IOException {
    List<Integer> told = new ArrayList<>();
    List<EpochReport> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            epochs.add(report);
          }

          @Override
          public void stoppedEarly(int epoch, int best) {
            told.addAll(List.of(epoch, best));
          }
        };
    // A rate this small changes no prediction, so no epoch is better than the first.
    Recipe still = recipe(9, 40, 1e-12, 1, List.of(), 0, 2);
    ExitTrainer trainer = new ExitTrainer(job(PLAIN, folder), still, listener, new StopSignal());

    assertThat(trainer.train(engine, null)).isTrue();

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).isEqualTo(epochs.size()).isLessThan(9);
    assertThat(told.get(0) - told.get(1)).isEqualTo(2);
    assertThat(trainer.bestEpoch()).isEqualTo(told.get(1));
  }

  @Test
  @DisplayName("a checkpoint of another data set is refused, naming both")
  void resumable_anotherDataset_runFailureNamingBoth() throws IOException {
    Recipe recipe = recipe(1, 50, .05, 1);
    train(PLAIN, recipe, folder);
    ExitTrainer.Job mine = job(PLAIN, folder);
    ExitTrainer other =
        new ExitTrainer(
            new ExitTrainer.Job(PLAIN, "cifar10", mine.images(), folder, 1, Precision.FLOAT32),
            recipe,
            QUIET,
            new StopSignal());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(other::resumable)
        .withMessageContaining("its data set is 'fashion', but this training's is 'cifar10'");
    assertThat(
            TrainingCheckpoint.read(folder.resolve(ExitTrainer.LAST), identity(recipe)).position())
        .satisfies(p -> assertThat(p.epoch()).isEqualTo(1));
  }

  private static io.offloadlab.train.checkpoint.Identity identity(Recipe recipe) {
    return new io.offloadlab.train.checkpoint.Identity(
        PLAIN.toString(), "fashion", recipe.toString(), Precision.FLOAT32);
  }
}
