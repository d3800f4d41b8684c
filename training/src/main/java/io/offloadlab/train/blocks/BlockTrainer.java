package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.nn.pytorch.TensorBuffers;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.train.checkpoint.Identity;
import io.offloadlab.train.checkpoint.Position;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.input.Batch;
import io.offloadlab.train.input.BatchLoader;
import io.offloadlab.train.input.Epoch;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.schedule.Schedule;
import io.offloadlab.weights.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the pruned variants of a network's blocks and retrains them. */
public final class BlockTrainer implements AutoCloseable {
  /** The newest checkpoint. */
  public static final String LAST = "blocks-last.safetensors";

  private static final int CALIBRATION_BATCH = 128;

  /**
   * What is made where.
   *
   * @param network the original
   * @param weights its tensors, by name
   * @param blocks of {@link io.offloadlab.legodnn.blocks.BlockDetection} that are to be made
   * @param dataset name of the data set of the images
   * @param images to see; labels are not needed
   * @param out takes checkpoints
   * @param workers threads that prepare batches
   * @param precision to train in
   * @param rule by which filters are kept
   * @param retraining what the variants learn from
   * @param from blocks to begin from, if not from the original's alone
   */
  public record Job(
      ModelGraph network,
      Map<String, StoredTensor> weights,
      List<Piece> blocks,
      String dataset,
      ImageSet images,
      Path out,
      int workers,
      Precision precision,
      PruningRule rule,
      Retraining retraining,
      Optional<EarlierBlocks> from) {
    /** Every variant alone, from the original. */
    public Job(
        ModelGraph network,
        Map<String, StoredTensor> weights,
        List<Piece> blocks,
        String dataset,
        ImageSet images,
        Path out,
        int workers,
        Precision precision,
        PruningRule rule) {
      this(
          network,
          weights,
          blocks,
          dataset,
          images,
          out,
          workers,
          precision,
          rule,
          Retraining.BLOCKWISE,
          Optional.empty());
    }

    /** Every setting that changes the result, as a sentence; as it always was where it can be. */
    public String settings(BlockRecipe recipe) {
      return recipe
          + (retraining == Retraining.BLOCKWISE ? "" : ", retrained jointly")
          + from.map(f -> ", from " + f).orElse("");
    }
  }

  private final Job job;
  private final BlockRecipe recipe;
  private final Identity identity;
  private final NDManager manager;
  private final Original original;
  private final VariantSet variants;
  private final RetrainingStep step;

  /** Null where variants learn alone. */
  private final JointRetraining joint;

  private Position position = Position.start();

  /**
   * Extracts the variants, or takes them from a checkpoint.
   *
   * @param engine to train on
   * @param resume whether to go on from the checkpoint in the job's directory
   * @throws RunFailure if there is none, or it is of another training
   */
  public BlockTrainer(PyTorchEngine engine, Job job, BlockRecipe recipe, boolean resume) {
    this.job = job;
    this.recipe = recipe;
    requireVariants(job, recipe);
    this.identity =
        new Identity(architecture(job), job.dataset, job.settings(recipe), job.precision);
    TrainingCheckpoint from =
        resume ? TrainingCheckpoint.read(job.out.resolve(LAST), identity) : null;
    JniUtils.setNumThreads(engine.threads());
    this.manager = engine.newManager();
    this.original = new Original(job.network, job.weights, job.blocks, job.precision, manager);
    this.variants = new VariantSet(job, recipe.sparsities(), from, manager);
    this.joint =
        job.retraining == Retraining.JOINT
            ? new JointRetraining(job, recipe, variants.all(), manager)
            : null;
    this.step = joint == null ? new BlockwiseStep(original, variants.all()) : joint.step();
    if (from != null) {
      position = from.position();
      variants.restore(from, step);
      if (joint != null) {
        joint.remember(from);
      }
    }
  }

  private static void requireVariants(Job job, BlockRecipe recipe) {
    if (job.blocks.stream()
        .allMatch(b -> Variants.distinct(b, recipe.sparsities(), job.rule).isEmpty())) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "no block has fewer filters at %s in multiples of %d: give a smaller --channels-multiple, or greater --sparsities",
              recipe.sparsities(),
              job.rule.multiple()));
    }
  }

  /** What may go on from a checkpoint; as it always was where counts are the published ones. */
  private static String architecture(Job job) {
    List<String> blocks = job.blocks.stream().map(Piece::name).toList();
    return job.network
        + " "
        + blocks
        + (job.rule.equals(PruningRule.PUBLISHED) ? "" : " in multiples of " + job.rule.multiple());
  }

  /** Takes the variants from the blocks that the job is to begin from. */
  public void beginFrom(EarlierBlocks blocks) {
    for (Variant v : variants.all()) {
      v.load(blocks.weights(v.piece(), v.sparsity(), job.rule, job.weights));
    }
  }

  /**
   * The least-squares start: replaces the kernels that read pruned channels by those that reproduce
   * the original's values best from what the variant computes before them.
   */
  public void fitLeastSquares() {
    List<Integer> chosen =
        Subsets.sample(job.images.size(), recipe.calibration(), recipe.seed(), "calibration");
    List<List<Integer>> batches = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i += CALIBRATION_BATCH) {
      batches.add(chosen.subList(i, Math.min(chosen.size(), i + CALIBRATION_BATCH)));
    }
    for (Piece piece : job.blocks) {
      if (variants.of(piece).isEmpty()) {
        continue;
      }
      try (LeastSquares fit =
          new LeastSquares(variants.of(piece), original, manager, recipe.seed())) {
        for (List<Integer> batch : batches) {
          try (GradientRecording off = GradientRecording.unrecorded();
              NDManager scope = manager.newSubManager()) {
            assert off != null;
            fit.add(piece, original.before(piece, images(scope, batch)));
          }
        }
        fit.solve();
      }
    }
  }

  private NDArray images(NDManager scope, List<Integer> indices) {
    return tensor(scope, job.images.batch(indices), indices.size());
  }

  private NDArray tensor(NDManager scope, ByteBuffer bytes, int count) {
    return TensorBuffers.wrap(scope, bytes, count, job.images.shape());
  }

  /**
   * Mean squared error of every variant relative to the variance of the original's output, by
   * component name ({@code block-3@0.4}).
   *
   * @param indices images to look at
   */
  public Map<String, Double> relativeErrors(List<Integer> indices) {
    try (NDManager scope = manager.newSubManager()) {
      return variants.relativeErrors(
          original, original.run(images(scope, indices), TrainableGraph.Mode.EVALUATION));
    }
  }

  /**
   * Retrains all variants until the last epoch or the stop signal, and saves after every epoch.
   *
   * @return whether the training is done; false if it was stopped and can be resumed
   * @throws RunFailure if a loss is not finite or a checkpoint cannot be written
   */
  public boolean train(TrainingListener listener, StopSignal stop) {
    List<Integer> seen = seen();
    if (joint != null) {
      joint.remember();
    }
    try (BatchLoader loader =
        new BatchLoader(
            job.images, seen, recipe.batch(), recipe.augmentation(), recipe.seed(), job.workers)) {
      while (position.epoch() < recipe.epochs()) {
        if (!epoch(loader, listener, stop)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Integer> seen() {
    int size = job.images.size();
    return joint == null
        ? Subsets.sample(size, Math.min(size, recipe.limit()), recipe.seed(), "use")
        : joint.seen(size, recipe.limit());
  }

  /**
   * Leaves every variant of a joint retraining as it began or as it was retrained, whichever has
   * the smaller error behind random combinations of other blocks, on images that no step has seen.
   *
   * @return both errors by component name; empty if variants learn alone
   */
  public Map<String, StartOrRetrained> keepBetter() {
    if (joint == null) {
      return Map.of();
    }
    try (NDManager scope = manager.newSubManager()) {
      return joint.keepBetter(images(scope, joint.heldOut()));
    }
  }

  /** Epochs of retraining that are done. */
  public int epochsDone() {
    return position.epoch();
  }

  private boolean epoch(BatchLoader loader, TrainingListener listener, StopSignal stop)
      throws InterruptedException {
    int batches = loader.batches();
    long steps = (long) recipe.epochs() * batches;
    Schedule schedule = new Schedule.Cosine(recipe.rate(), step.warmUp(steps), steps);
    double[] sums =
        position.sums().isEmpty()
            ? new double[step.figures().size()]
            : position.sums().stream().mapToDouble(d -> d).toArray();
    int first = position.batch();
    long start = System.nanoTime();
    listener.epochBegins(
        position.epoch() + 1, recipe.epochs(), batches * recipe.batch(), first * recipe.batch());
    try (Epoch epoch = loader.epoch(position.epoch(), first)) {
      for (int b = first; b < batches; b++) {
        if (stop.requested()) {
          save(position.epoch(), b, batches, sums);
          return false;
        }
        try (Batch batch = epoch.next()) {
          long number = (long) position.epoch() * batches + b;
          step(batch, number, schedule.rate(number), sums);
        }
        listener.batchDone(recipe.batch(), step.shown(sums, b + 1));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Map<String, Double> figures = new LinkedHashMap<>();
      for (int i = 0; i < sums.length; i++) {
        figures.put(step.figures().get(i), sums[i] / batches);
      }
      figures.put("images_per_second", (batches - first) * recipe.batch() / seconds);
      figures.put("waiting_fraction", epoch.waitedSeconds() / seconds);
      save(position.epoch() + 1, 0, batches, new double[0]);
      listener.epochDone(
          new EpochReport(position.epoch(), recipe.epochs(), position.steps(), seconds, figures));
      return true;
    }
  }

  private void step(Batch batch, long number, double rate, double[] sums) {
    try (NDManager scope = manager.newSubManager()) {
      step.step(tensor(scope, batch.images(), batch.size()), number, rate, sums);
    } catch (RetrainingStep.Diverged e) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s at epoch %d, learning rate %.3g: lower the rate; the last good state is %s",
              e.getMessage(),
              position.epoch() + 1,
              rate,
              position.epoch() == 0 ? "the beginning" : job.out.resolve(LAST)),
          e);
    }
  }

  private void save(int epoch, int batch, int batches, double[] sums) {
    position =
        new Position(
            epoch,
            batch,
            (long) epoch * batches + batch,
            Arrays.stream(sums).boxed().toList(),
            Double.NEGATIVE_INFINITY,
            0);
    TrainingCheckpoint.write(
        job.out.resolve(LAST),
        identity,
        position,
        tensors(),
        variants.memory(),
        joint == null ? List.of() : joint.start());
  }

  /** The variants' tensors under the names they rest under; they stay ours. */
  public Map<String, NDArray> tensors() {
    return variants.tensors();
  }

  @Override
  public void close() {
    manager.close();
  }
}
