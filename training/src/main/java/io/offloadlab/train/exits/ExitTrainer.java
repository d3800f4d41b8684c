package io.offloadlab.train.exits;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.checkpoint.Checkpoint;
import io.offloadlab.train.checkpoint.Identity;
import io.offloadlab.train.checkpoint.Position;
import io.offloadlab.train.checkpoint.StopSignal;
import io.offloadlab.train.input.Batch;
import io.offloadlab.train.input.BatchLoader;
import io.offloadlab.train.input.Epoch;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.train.schedule.Schedule;
import io.offloadlab.weights.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trains all exits of a network jointly, or a network without early exits. */
public final class ExitTrainer {
  /** The newest checkpoint. */
  public static final String LAST = "last.safetensors";

  /** The checkpoint of the best validation accuracy, mean over the exits. */
  public static final String BEST = "best.safetensors";

  /**
   * What is trained where.
   *
   * @param graph the network
   * @param dataset name of the data set
   * @param images its training images, labelled
   * @param out takes checkpoints
   * @param workers threads that prepare batches
   */
  public record Job(MultiExitGraph graph, String dataset, ImageSet images, Path out, int workers) {}

  private final Job job;
  private final Recipe recipe;
  private final Identity identity;
  private final Subsets.Parts parts;
  private final TrainingListener listener;
  private final StopSignal stop;
  private MultiExitNetwork network;
  private Optimizer optimizer;
  private Position position = Position.start();

  /**
   * Prepares a training.
   *
   * @param listener hears of every batch and epoch
   * @param stop ends the training early
   */
  public ExitTrainer(Job job, Recipe recipe, TrainingListener listener, StopSignal stop) {
    this.job = job;
    this.recipe = recipe;
    this.identity = new Identity(job.graph.toString(), job.dataset, recipe.toString());
    int size = job.images.size();
    this.parts = Subsets.split(size, recipe.images(size), recipe.validation(), recipe.seed());
    this.listener = listener;
    this.stop = stop;
  }

  /** The checkpoint of this job to go on from. */
  public Checkpoint resumable() {
    return Checkpoint.read(job.out.resolve(LAST), identity);
  }

  /**
   * Trains until the last epoch, early stopping or the stop signal, and saves.
   *
   * @param engine to train on
   * @param from where to go on, or null to begin
   * @return whether the training is done; false if it was stopped and can be resumed
   * @throws RunFailure if a loss is not finite or a checkpoint cannot be written
   */
  public boolean train(Engine engine, Checkpoint from) {
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
      Map<String, Tensor> weights =
          from == null ? job.graph.initialised(recipe.seed()) : from.tensors();
      network = new MultiExitNetwork(job.graph, weights, manager);
      optimizer = recipe.optimizer().create(manager, network.trainable());
      if (from != null) {
        from.restore(optimizer.state());
        position = from.position();
        optimizer.resume(position.steps());
      }
      while (position.epoch() < recipe.epochs() && !patienceIsOver()) {
        if (!epoch(loader, manager)) {
          save(LAST);
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean patienceIsOver() {
    return recipe.patience() > 0
        && position.bestEpoch() > 0
        && position.epoch() - position.bestEpoch() >= recipe.patience();
  }

  /** Whether the epoch was finished. */
  private boolean epoch(BatchLoader loader, NDManager manager) throws InterruptedException {
    int stepsPerEpoch = Math.max(1, loader.batches() / recipe.accumulate());
    Schedule schedule = recipe.schedule(stepsPerEpoch);
    ExitStep step =
        new ExitStep(network, job.images.shape(), recipe.smoothing(), recipe.accumulate());
    int exits = job.graph.exits().size();
    double[] sums =
        position.sums().isEmpty()
            ? new double[1 + exits]
            : position.sums().stream().mapToDouble(d -> d).toArray();
    int first = position.batch();
    int batches =
        stepsPerEpoch * recipe.accumulate() > loader.batches()
            ? loader.batches()
            : stepsPerEpoch * recipe.accumulate();
    long start = System.nanoTime();
    listener.epochBegins(position.epoch() + 1, recipe.epochs(), batches, first);
    try (Epoch epoch = loader.epoch(position.epoch(), first)) {
      for (int b = first; b < batches; b++) {
        if (stop.requested() && b % recipe.accumulate() == 0) {
          position = at(position.epoch(), b, sums);
          return false;
        }
        double rate = schedule.rate(optimizer.steps());
        try (Batch batch = epoch.next()) {
          ExitStep.Outcome outcome = step.gradient(batch, manager);
          requireFinite(outcome.loss, rate);
          sums[0] += outcome.loss;
          for (int e = 0; e < exits; e++) {
            sums[1 + e] += outcome.hits[e] / batch.size();
          }
        }
        if ((b + 1) % recipe.accumulate() == 0) {
          optimizer.step(rate);
        }
        listener.batchDone(live(sums, b + 1));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Map<String, Double> figures = figures(sums, batches);
      figures.put("rate", schedule.rate(optimizer.steps() - 1));
      figures.put("images_per_second", (batches - first) * recipe.batch() / seconds);
      figures.put("waiting_fraction", epoch.waitedSeconds() / seconds);
      finish(figures, manager, start);
      return true;
    }
  }

  private void finish(Map<String, Double> figures, NDManager manager, long start) {
    int done = position.epoch() + 1;
    double score = position.best();
    int bestEpoch = position.bestEpoch();
    boolean better = parts.validation().isEmpty();
    if (!better) {
      double[] accuracy = ExitAccuracy.of(network, job.images, parts.validation(), manager);
      name("validation_", accuracy, figures);
      double mean = Arrays.stream(accuracy).average().orElseThrow();
      better = mean > score;
      score = Math.max(mean, score);
    }
    position =
        new Position(done, 0, optimizer.steps(), List.of(), score, better ? done : bestEpoch);
    if (better) {
      save(BEST);
    }
    save(LAST);
    double seconds = (System.nanoTime() - start) / 1e9;
    listener.epochDone(new EpochReport(done, recipe.epochs(), optimizer.steps(), seconds, figures));
  }

  private Position at(int epoch, int batch, double[] sums) {
    return new Position(
        epoch,
        batch,
        optimizer.steps(),
        Arrays.stream(sums).boxed().toList(),
        position.best(),
        position.bestEpoch());
  }

  private void requireFinite(double loss, double rate) {
    if (!Double.isFinite(loss)) {
      throw new RunFailure(
          "the loss is %s at epoch %d, step %d, learning rate %.3g: lower the rate; the last good state is %s, after epoch %d"
              .formatted(
                  loss,
                  position.epoch() + 1,
                  optimizer.steps() + 1,
                  rate,
                  position.epoch() == 0 ? "the beginning" : job.out.resolve(LAST),
                  position.epoch()));
    }
  }

  private Map<String, Double> figures(double[] sums, int batches) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", sums[0] / batches);
    name(
        "training_",
        IntStream.range(1, sums.length).mapToDouble(i -> sums[i] / batches).toArray(),
        figures);
    return figures;
  }

  private void name(String prefix, double[] accuracy, Map<String, Double> into) {
    for (int e = 0; e < accuracy.length; e++) {
      into.put(prefix + job.graph.exits().get(e), accuracy[e]);
    }
  }

  private static String live(double[] sums, int batches) {
    StringBuilder text = new StringBuilder("loss %.3f accuracy".formatted(sums[0] / batches));
    for (int e = 1; e < sums.length; e++) {
      text.append(e == 1 ? ' ' : '/').append("%.1f".formatted(100 * sums[e] / batches));
    }
    return text.append('%').toString();
  }

  private void save(String name) {
    Checkpoint.write(
        job.out.resolve(name), identity, position, network.tensors(), optimizer.state());
  }
}
