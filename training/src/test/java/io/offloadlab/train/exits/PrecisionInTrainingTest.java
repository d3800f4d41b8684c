package io.offloadlab.train.exits;

import static io.offloadlab.train.exits.Jobs.job;
import static io.offloadlab.train.exits.Jobs.network;
import static io.offloadlab.train.exits.Jobs.recipe;
import static io.offloadlab.train.exits.Jobs.stopAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("io.offloadlab.train.Processor#multipliesBfloat16")
class PrecisionInTrainingTest {
  private static final MultiExitGraph GRAPH = MultiExitGraph.withBranches(network(4));
  private static final TrainingListener QUIET = new TrainingListener() {};

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

  private ExitTrainer trainer(
      String out, Recipe recipe, Precision precision, TrainingListener listener, StopSignal stop)
      throws IOException {
    return new ExitTrainer(job(GRAPH, folder.resolve(out), precision), recipe, listener, stop);
  }

  @Test
  @DisplayName("in bfloat16 the loss falls as in float32, and the exits are as good")
  void train_bfloat16_learnsAsFloat32() throws IOException {
    Map<Precision, EpochReport> last = new TreeMap<>();
    List<Double> losses = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void epochDone(EpochReport report) {
              last.put(precision, report);
              losses.add(report.figures().get("loss"));
            }
          };
      trainer(precision.toString(), recipe(3, 400, .1, 1), precision, listener, new StopSignal())
          .train(engine, null);
    }

    assertThat(losses.get(5)).isLessThan(losses.get(3) - .3);
    assertThat(losses.get(5)).isBetween(losses.get(2) - .3, losses.get(2) + .3);
    for (String exit : GRAPH.exits()) {
      assertThat(last.get(Precision.BFLOAT16).figures().get("validation_" + exit))
          .isGreaterThan(.2);
    }
  }

  @Test
  @DisplayName("in bfloat16, interrupted and resumed is uninterrupted, bit for bit")
  void train_bfloat16InterruptedAndResumed_sameBytes() throws IOException {
    Recipe recipe = recipe(2, 60, .05, 1);
    trainer("whole", recipe, Precision.BFLOAT16, QUIET, new StopSignal()).train(engine, null);

    StopSignal stop = new StopSignal();
    ExitTrainer parts = trainer("parts", recipe, Precision.BFLOAT16, stopAfter(4, stop), stop);
    assertThat(parts.train(engine, null)).isFalse();
    ExitTrainer resumed = trainer("parts", recipe, Precision.BFLOAT16, QUIET, new StopSignal());
    assertThat(resumed.train(engine, resumed.resumable())).isTrue();

    assertThat(folder.resolve("parts").resolve(ExitTrainer.LAST))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve(ExitTrainer.LAST));
  }

  @Test
  @DisplayName("a checkpoint is resumed in its own precision alone")
  void resumable_anotherPrecision_runFailureNamingBoth() throws IOException {
    Recipe recipe = recipe(1, 50, .05, 1);
    trainer("out", recipe, Precision.BFLOAT16, QUIET, new StopSignal()).train(engine, null);

    ExitTrainer other = trainer("out", recipe, Precision.FLOAT32, QUIET, new StopSignal());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(other::resumable)
        .withMessageContaining("its precision is 'bfloat16', but this training's is 'float32'");
  }

  @Test
  @DisplayName("a checkpoint that does not say its precision is one of float32")
  void resumable_writtenBeforeThereWasAChoice_float32() throws IOException {
    Recipe recipe = recipe(1, 50, .05, 1);
    trainer("out", recipe, Precision.FLOAT32, QUIET, new StopSignal()).train(engine, null);
    Path file = folder.resolve("out").resolve(ExitTrainer.LAST);
    SafeTensors written = SafeTensors.open(file);
    Map<String, String> metadata = new TreeMap<>(written.metadata());
    metadata.remove("precision");
    List<StoredTensor> tensors = written.names().stream().map(written::tensor).toList();
    SafeTensorsWriter.write(file, metadata, tensors);

    assertThat(TrainingCheckpoint.precision(file)).contains(Precision.FLOAT32);
    assertThatNoException()
        .isThrownBy(trainer("out", recipe, Precision.FLOAT32, QUIET, new StopSignal())::resumable);
  }
}
