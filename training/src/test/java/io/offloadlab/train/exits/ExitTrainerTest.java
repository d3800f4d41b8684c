package io.offloadlab.train.exits;

import static io.offloadlab.train.exits.Jobs.job;
import static io.offloadlab.train.exits.Jobs.network;
import static io.offloadlab.train.exits.Jobs.recipe;
import static io.offloadlab.train.exits.Jobs.stopAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitTrainerTest {
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

  @Test
  @DisplayName("interrupted in the middle of an epoch and resumed is uninterrupted, bit for bit")
  void train_interruptedAndResumed_sameBytes() throws IOException {
    MultiExitGraph graph = MultiExitGraph.withBranches(network(16));
    Recipe recipe = recipe(2, 60, .05, 1);
    ExitTrainer.Job whole = job(graph, folder.resolve("whole"));
    ExitTrainer.Job parts = job(graph, folder.resolve("parts"));
    new ExitTrainer(whole, recipe, new TrainingListener() {}, new StopSignal()).train(engine, null);

    StopSignal stop = new StopSignal();
    ExitTrainer interrupted = new ExitTrainer(parts, recipe, stopAfter(4, stop), stop);
    assertThat(interrupted.train(engine, null)).isFalse();
    ExitTrainer resumed =
        new ExitTrainer(parts, recipe, new TrainingListener() {}, new StopSignal());
    TrainingCheckpoint from = resumed.resumable();
    assertThat(from.position().batch()).isEqualTo(1);
    assertThat(resumed.train(engine, from)).isTrue();

    for (String file : List.of(ExitTrainer.LAST, ExitTrainer.BEST)) {
      assertThat(folder.resolve("parts").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  @Test
  @DisplayName("a few epochs on a few images of clothing beat guessing by far, at every exit")
  void train_smallNetwork_learns() throws IOException {
    List<EpochReport> reports = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            reports.add(report);
          }
        };
    new ExitTrainer(
            job(MultiExitGraph.withBranches(network(4)), folder),
            recipe(3, 400, .1, 1),
            listener,
            new StopSignal())
        .train(engine, null);

    assertThat(reports).hasSize(3);
    EpochReport last = reports.get(2);
    assertThat(last.figures()).containsKeys("loss", "rate", "images_per_second");
    for (String exit : List.of("exit-3", "exit-5", "exit-7")) {
      assertThat(last.figures().get("validation_" + exit)).isGreaterThan(.3);
    }
    assertThat(last.figures().get("loss")).isLessThan(reports.get(0).figures().get("loss"));
  }

  @Test
  void train_rateFarTooHigh_runFailureNamingEpochStepAndRate() throws IOException {
    ExitTrainer trainer =
        new ExitTrainer(
            job(MultiExitGraph.withoutBranches(network(4)), folder),
            recipe(1, 80, 1e30, 2),
            new TrainingListener() {},
            new StopSignal());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> trainer.train(engine, null))
        .withMessageMatching(
            "the loss is (NaN|Infinity) at epoch 1, step \\d+, learning rate .*e\\+.*: lower the rate.*");
  }

  @Test
  @DisplayName("a checkpoint of another network is refused, naming both; the file stays as it was")
  void resumable_anotherNetwork_runFailureNamingBoth() throws IOException {
    Recipe recipe = recipe(1, 50, .05, 1);
    TrainingListener quiet = new TrainingListener() {};
    new ExitTrainer(
            job(MultiExitGraph.withoutBranches(network(4)), folder),
            recipe,
            quiet,
            new StopSignal())
        .train(engine, null);
    ExitTrainer other =
        new ExitTrainer(
            job(MultiExitGraph.withBranches(network(4)), folder), recipe, quiet, new StopSignal());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(other::resumable)
        .withMessageContaining("its network is 'resnet18")
        .withMessageContaining("with exits [exit-7]'")
        .withMessageContaining("with exits [exit-3, exit-5, exit-7]'");
  }

  @Test
  @DisplayName("output that cannot be written stops the training; the last checkpoint is intact")
  void train_unwritableOutput_runFailureAndOldCheckpointReadable() throws IOException {
    Recipe recipe = recipe(2, 50, .05, 1);
    Path out = Files.createDirectory(folder.resolve("out"));
    Path unplugged = folder.resolve("unplugged");
    ExitTrainer.Job job = job(MultiExitGraph.withoutBranches(network(4)), out);
    TrainingListener unplugging =
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            try {
              Files.move(out, unplugged);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    ExitTrainer trainer = new ExitTrainer(job, recipe, unplugging, new StopSignal());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> trainer.train(engine, null))
        .withMessageContaining("last.safetensors: cannot be written")
        .withMessageContaining("what was saved before is intact");
    Files.move(unplugged, out);
    assertThat(trainer.resumable().position().epoch()).isEqualTo(1);
  }

  @Test
  void resumable_emptyFolder_runFailureNamingTheMissingFile() throws IOException {
    ExitTrainer trainer = trainer();

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(trainer::resumable)
        .withMessageContaining("nothing to resume: there is no " + folder.resolve("last.safe"));
  }

  @Test
  void resumable_weightsThatAreNoCheckpoint_runFailureSayingSo() throws IOException {
    Files.copy(shipped(), folder.resolve(ExitTrainer.LAST));
    ExitTrainer trainer = trainer();

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(trainer::resumable)
        .withMessageContaining("holds weights, not a checkpoint");
  }

  private ExitTrainer trainer() throws IOException {
    return new ExitTrainer(
        job(MultiExitGraph.withoutBranches(network(4)), folder),
        recipe(1, 50, .05, 1),
        new TrainingListener() {},
        new StopSignal());
  }

  private static Path shipped() {
    Path file =
        io.offloadlab.models.ModelShelf.find()
            .model("cifar10")
            .path()
            .resolve("backbone.safetensors");
    assertThat(SafeTensors.open(file).names()).isNotEmpty();
    return file;
  }
}
