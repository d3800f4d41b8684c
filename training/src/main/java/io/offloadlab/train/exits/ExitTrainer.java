package io.offloadlab.train.exits;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.Identity;
import io.offloadlab.train.checkpoint.Position;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.input.Batch;
import io.offloadlab.train.input.BatchLoader;
import io.offloadlab.train.input.Epoch;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.train.schedule.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains all exits of a network jointly, or a network without early exits. */
public final class ExitTrainer {
  /** The newest checkpoint. */
  public static final String LAST = "last.safetensors";

  /**
   * The weights of the best validation accuracy, mean over the exits; averaged ones if the recipe
   * wants them.
   */
  public static final String BEST = "best.safetensors";

  /**
   * What is trained where.
   *
   * @param graph the network
   * @param dataset name of the data set
   * @param images its training images, labelled
   * @param out takes checkpoints
   * @param workers threads that prepare batches
   * @param precision to train in
   */
  public record Job(
      MultiExitGraph graph,
      String dataset,
      ImageSet images,
      Path out,
      int workers,
      Precision precision) {}

  private final Job job;
  private final Recipe recipe;
  private final Identity identity;
  private final Subsets.Parts parts;
  private final TrainingListener listener;
  private final StopSignal stop;
  private ExitTrainingState state;
  private Position position = Position.start();

  /**
   * Prepares a training.
   *
   * @param listener hears of every batch and epoch
   * @param stop ends the training early
   * @throws IllegalArgumentException if the recipe weights another number of exits
   */
  public ExitTrainer(Job job, Recipe recipe, TrainingListener listener, StopSignal stop) {
    int exits = job.graph.exits().size();
    if (!recipe.exitWeights().isEmpty() && recipe.exitWeights().size() != exits) {
      throw new IllegalArgumentException(
          "exit weights are one for each of %s, not %s"
              .formatted(job.graph.exits(), recipe.exitWeights()));
    }
    this.job = job;
    this.recipe = recipe;
    this.identity =
        new Identity(job.graph.toString(), job.dataset, recipe.toString(), job.precision);
    int size = job.images.size();
    this.parts = Subsets.split(size, recipe.images(size), recipe.validation(), recipe.seed());
    this.listener = listener;
    this.stop = stop;
  }

  /** The checkpoint of this job to go on from. */
  public TrainingCheckpoint resumable() {
    return TrainingCheckpoint.read(job.out.resolve(LAST), identity);
  }

  /**
   * Trains until the last epoch, early stopping or the stop signal, and saves.
   *
   * @param engine to train on
   * @param from where to go on, or null to begin
   * @return whether the training is done; false if it was stopped and can be resumed
   * @throws RunFailure if the images do not fill one step, a loss is not finite or a checkpoint
   *     cannot be written
   */
  public boolean train(PyTorchEngine engine, TrainingCheckpoint from) {
    JniUtils.setNumThreads(engine.threads());
    try (NDManager manager = engine.newManager();
        BatchLoader loader =
            new BatchLoader(
                job.images,
                parts.training(),
                recipe.batch(),
                recipe.augmentation(),
                recipe.seed(),
                job.workers)) {
      requireStep(loader.batches());
      state = new ExitTrainingState(job.graph, recipe, job.precision, from, manager);
      position = from == null ? Position.start() : from.position();
      while (position.epoch() < recipe.epochs()) {
        if (patienceIsOver()) {
          listener.stoppedEarly(position.epoch(), position.bestEpoch());
          break;
        }
        if (!epoch(loader, manager)) {
          state.save(job.out.resolve(LAST), identity, position);
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The epoch whose weights are in {@link #BEST}, from 1; 0 if there is none. */
  public int bestEpoch() {
    return position.bestEpoch();
  }

  private void requireStep(int batches) {
    if (recipe.accumulate() > batches) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%d batches of %d images do not make one step of %d: accumulate fewer, or take smaller batches or more images",
              batches,
              recipe.batch(),
              recipe.accumulate()));
    }
  }

  private boolean patienceIsOver() {
    return recipe.patience() > 0
        && position.bestEpoch() > 0
        && position.epoch() - position.bestEpoch() >= recipe.patience();
  }

  /** Whether the epoch was finished. */
  private boolean epoch(BatchLoader loader, NDManager manager) throws InterruptedException {
    int stepsPerEpoch = loader.batches() / recipe.accumulate();
    int batches = stepsPerEpoch * recipe.accumulate();
    Schedule schedule = recipe.schedule(stepsPerEpoch);
    ExitStep step = new ExitStep(state.network(), job.images.shape(), recipe);
    RunningFigures figures = new RunningFigures(job.graph.exits(), position.sums());
    int first = position.batch();
    long start = System.nanoTime();
    listener.epochBegins(
        position.epoch() + 1, recipe.epochs(), batches * recipe.batch(), first * recipe.batch());
    try (Epoch epoch = loader.epoch(position.epoch(), first)) {
      for (int b = first; b < batches; b++) {
        if (stop.requested() && b % recipe.accumulate() == 0) {
          position =
              new Position(
                  position.epoch(),
                  b,
                  state.steps(),
                  figures.sums(),
                  position.best(),
                  position.bestEpoch());
          return false;
        }
        double rate = schedule.rate(state.steps());
        try (Batch batch = epoch.next()) {
          ExitStep.Outcome outcome = step.gradient(batch, manager);
          requireFinite(outcome.loss, rate);
          figures.add(outcome, batch.size());
        }
        if ((b + 1) % recipe.accumulate() == 0) {
          state.step(rate);
        }
        listener.batchDone(recipe.batch(), figures.live(b + 1));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Map<String, Double> means = figures.means(batches);
      means.put("rate", schedule.rate(state.steps() - 1));
      means.put("images_per_second", (batches - first) * recipe.batch() / seconds);
      means.put("waiting_fraction", epoch.waitedSeconds() / seconds);
      finish(means, manager, start);
      return true;
    }
  }

  private void finish(Map<String, Double> figures, NDManager manager, long start) {
    int done = position.epoch() + 1;
    double score = position.best();
    int bestEpoch = position.bestEpoch();
    boolean better = parts.validation().isEmpty();
    if (!better) {
      double[] accuracy = ExitAccuracy.of(state.judged(), job.images, parts.validation(), manager);
      for (int e = 0; e < accuracy.length; e++) {
        figures.put("validation_" + job.graph.exits().get(e), accuracy[e]);
      }
      double mean = Arrays.stream(accuracy).average().orElseThrow();
      better = mean > score;
      score = Math.max(mean, score);
    }
    position = new Position(done, 0, state.steps(), List.of(), score, better ? done : bestEpoch);
    if (better) {
      state.saveJudged(job.out.resolve(BEST), identity, position);
    }
    state.save(job.out.resolve(LAST), identity, position);
    double seconds = (System.nanoTime() - start) / 1e9;
    listener.epochDone(new EpochReport(done, recipe.epochs(), state.steps(), seconds, figures));
  }

  private void requireFinite(double loss, double rate) {
    if (!Double.isFinite(loss)) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "the loss is %s at epoch %d, step %d, learning rate %.3g: lower the rate; the last good state is %s, after epoch %d",
              loss,
              position.epoch() + 1,
              state.steps() + 1,
              rate,
              position.epoch() == 0 ? "the beginning" : job.out.resolve(LAST),
              position.epoch()));
    }
  }
}
