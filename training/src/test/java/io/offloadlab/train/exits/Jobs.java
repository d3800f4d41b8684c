package io.offloadlab.train.exits;

import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.EmbeddedImages;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.Sgd;
import io.offloadlab.train.input.Augmentation;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.train.recipe.ScheduleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small trainings on the embedded images. */
final class Jobs {
  private static final ImageSet IMAGES = EmbeddedImages.fashion(Split.TRAIN);

  private Jobs() {}

  static ModelGraph network(int width) {
    return ResNets.resnet18(10, width, Shape.of(1, 32, 32));
  }

  static Recipe recipe(int epochs, int limit, double rate, int accumulate) {
    return recipe(epochs, limit, rate, accumulate, List.of(), 0, 0);
  }

  static Recipe recipe(
      int epochs,
      int limit,
      double rate,
      int accumulate,
      List<Double> exitWeights,
      double average,
      int patience) {
    return new Recipe(
        epochs,
        16,
        accumulate,
        new Sgd.Settings(.9, true, 5e-4),
        ScheduleKind.COSINE,
        rate,
        0,
        .1,
        exitWeights,
        average,
        Augmentation.cropAndFlip(),
        .2,
        patience,
        limit,
        11);
  }

  static ExitTrainer.Job job(MultiExitGraph graph, Path out) throws IOException {
    return job(graph, out, Precision.FLOAT32);
  }

  static ExitTrainer.Job job(MultiExitGraph graph, Path out, Precision precision)
      throws IOException {
    return new ExitTrainer.Job(
        graph, "fashion", IMAGES, Files.createDirectories(out), 1, precision);
  }

  /** Stops after a number of batches. */
  static TrainingListener stopAfter(int batches, StopSignal stop) {
    return new TrainingListener() {
      private int seen;

      @Override
      public void batchDone(int images, String figures) {
        if (++seen == batches) {
          stop.request();
        }
      }
    };
  }
}
