package io.offloadlab.train.cli;

import io.offloadlab.data.Dataset;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.files.ClaimedFolder;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Pruning;
import io.offloadlab.legodnn.blocks.PruningGroup;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.blocks.BlockFile;
import io.offloadlab.train.blocks.BlockRecipe;
import io.offloadlab.train.blocks.BlockTrainer;
import io.offloadlab.train.blocks.EarlierBlocks;
import io.offloadlab.train.blocks.Retraining;
import io.offloadlab.train.blocks.StartOrRetrained;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.train.log.Curves;
import io.offloadlab.train.log.LiveProgress;
import io.offloadlab.weights.StoredTensor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code legodnn train}: the pruned variants of a network's blocks. */
@Command(
    name = "train",
    description = "Prunes the blocks of a trained network and retrains their variants.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class TrainBlocks implements Callable<Integer> {
  private static final int PROBE = 128;

  @Mixin private DataOptions data;
  @Mixin private MachineOptions machine;
  @Mixin private BlockRecipeOptions recipes;
  @Mixin private RetrainingOptions retraining;
  @Mixin private BlockChoice choice;
  @Mixin private PrecisionOption precision;

  @Option(
      names = "--backbone",
      paramLabel = "DIR",
      required = true,
      description = "Folder with the trained network's backbone.safetensors.")
  private Path backbone;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Takes blocks.safetensors, checkpoints and curves. Default: --backbone.")
  private Path out;

  @Option(
      names = "--images",
      paramLabel = "NAME",
      description =
          "Data set to take training images from, which need no labels. Default: --dataset.")
  private String images;

  @Option(names = "--resume", description = "Goes on from the last checkpoint in --out.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Writes over blocks of another backbone that are in --out.")
  private boolean overwrite;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!machine.mistake().isEmpty()) {
      throw new ParameterException(spec.commandLine(), machine.mistake());
    }
    choice.check(spec);
    Dataset dataset = data.dataset(spec);
    Retraining how = retraining.retraining(spec);
    BlockRecipe recipe = recipes.recipe(spec, how);
    PruningRule rule = recipes.rule(spec);
    Path target = out == null ? backbone : out;
    Precision used =
        precision.precision(spec, resume ? target.resolve(BlockTrainer.LAST) : null, machine.gpu());
    ModelDirectory model = new ModelDirectory(dataset.name(), backbone);
    model.requireFor(dataset.classes(), dataset.shape());
    ModelGraph network = model.network();
    List<Piece> all = BlockDetection.detect(network, recipe.ratio()).blocks();
    List<Piece> blocks = choice.of(all, spec);
    List<Piece> kept = all.stream().filter(b -> !blocks.contains(b)).toList();
    Map<String, StoredTensor> weights =
        WeightFiles.read(backbone.resolve(ModelDirectory.BACKBONE), network.tensors());
    Dataset source = source(dataset);
    if (!resume && !overwrite && kept.isEmpty()) {
      WrittenOver.refuseBlocks(target, backbone);
    }
    Optional<EarlierBlocks> from =
        retraining.from(
            backbone.resolve(ModelDirectory.BACKBONE), blocks, recipe.sparsities(), rule);
    ImageSet set = data.images(source, Split.TRAIN);
    if (!kept.isEmpty()) {
      BlockFile.requireBackbone(
          target.resolve(ModelDirectory.BLOCKS), backbone.resolve(ModelDirectory.BACKBONE));
      BlockFile.requireRule(target.resolve(ModelDirectory.BLOCKS), rule);
    }
    try (ClaimedFolder claimed = ClaimedFolder.named("--out", target)) {
      BlockTrainer.Job job =
          new BlockTrainer.Job(
              network,
              weights,
              blocks,
              source.name(),
              set,
              claimed.path(),
              machine.workers(),
              used,
              rule,
              how,
              from);
      return train(job, recipe, dataset, kept);
    }
  }

  /** Another data set's images under this one's normalisation, which the network was trained to. */
  private Dataset source(Dataset dataset) {
    if (images == null) {
      return dataset;
    }
    Dataset other = DataOptions.named(spec, "--images", images);
    if (!other.shape().equals(dataset.shape())) {
      throw new ParameterException(
          spec.commandLine(),
          "--images %s has images of %s, but the network is for %s"
              .formatted(images, other.shape(), dataset.shape()));
    }
    return new Dataset(
        other.name(),
        other.classes(),
        dataset.normalisation(),
        other.layout(),
        other.splits(),
        other.origin());
  }

  private int train(BlockTrainer.Job job, BlockRecipe recipe, Dataset dataset, List<Piece> kept) {
    PrintStream console = System.out;
    StopSignal stop = new StopSignal();
    List<Integer> probe =
        Subsets.sample(
            job.images().size(), Math.min(PROBE, job.images().size()), recipe.seed(), "probe");
    Map<String, Map<String, Double>> errors = new LinkedHashMap<>();
    try (PyTorchEngine engine = machine.trainer();
        LiveProgress live = new LiveProgress(console);
        BlockTrainer trainer = new BlockTrainer(engine, job, recipe, resume)) {
      console.printf("%s on %s, %s, blocks:%n", job.network(), engine, job.precision());
      job.blocks().forEach(b -> console.println("  " + description(b)));
      if (!resume) {
        errors.put("extracted", trainer.relativeErrors(probe));
        if (job.from().isPresent()) {
          trainer.beginFrom(job.from().get());
          errors.put("begun from", trainer.relativeErrors(probe));
        } else if (recipe.leastSquares()) {
          trainer.fitLeastSquares();
          errors.put("least squares", trainer.relativeErrors(probe));
        }
      }
      Together listeners = new Together(live);
      boolean done;
      try (StopSignal.Guard guard = stop.onInterrupt();
          Curves curves = Curves.open(job.out().resolve("blocks-curves"), trainer.epochsDone())) {
        assert guard != null;
        listeners.add(curves);
        done = trainer.train(listeners, stop);
        TrainExits.tellIfStopped(done, console);
      }
      if (!done) {
        return TrainExits.STOPPED;
      }
      if (recipe.epochs() > 0) {
        errors.put("retrained", trainer.relativeErrors(probe));
      }
      print(console, errors);
      if (recipe.epochs() > 0) {
        printKept(console, trainer.keepBetter());
      }
      Path file = job.out().resolve(ModelDirectory.BLOCKS);
      List<StoredTensor> tensors = new ArrayList<>(BlockFile.tensors(file, kept));
      trainer.tensors().forEach((n, t) -> tensors.add(TrainingCheckpoint.tensor(n, t)));
      WeightFiles.ship(file, metadata(job, recipe, dataset), tensors);
      console.printf("wrote %s%n", file);
      return 0;
    }
  }

  private Map<String, String> metadata(BlockTrainer.Job job, BlockRecipe recipe, Dataset dataset) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(WeightFiles.ARCHITECTURE, job.network().name() + "-blocks");
    metadata.put(WeightFiles.DATASET, dataset.name());
    metadata.put(WeightFiles.TRAINED, trained(job, recipe));
    metadata.put(WeightFiles.PRECISION, job.precision().toString());
    metadata.put(WeightFiles.CHANNELS_MULTIPLE, Integer.toString(job.rule().multiple()));
    metadata.put(WeightFiles.BACKBONE, Sha256.required(backbone.resolve(ModelDirectory.BACKBONE)));
    if (job.retraining() != Retraining.BLOCKWISE) {
      metadata.put(WeightFiles.RETRAINING, job.retraining().toString());
    }
    job.from().ifPresent(f -> metadata.put(WeightFiles.BEGAN_FROM, f.toString()));
    return metadata;
  }

  private static String trained(BlockTrainer.Job job, BlockRecipe recipe) {
    return "%s by %s on images of %s"
        .formatted(
            job.blocks().stream().map(Piece::name).toList(), job.settings(recipe), job.dataset());
  }

  /**
   * As {@code block-3 (128, 16, 16) -> (128, 16, 16), 295424 parameters, prunes [layer2.1.conv1]}.
   */
  private static String description(Piece block) {
    ModelGraph graph = block.graph();
    return String.format(
        Locale.ROOT,
        "%s %s -> %s, %d parameters, prunes %s",
        block.name(),
        graph.input(),
        graph.shape(graph.output()),
        graph.parameters(),
        Pruning.groups(graph).stream().map(PruningGroup::convolution).toList());
  }

  private static void print(PrintStream console, Map<String, Map<String, Double>> errors) {
    console.printf("mean squared error relative to the original's variance:%n");
    Map<String, Double> first = errors.values().iterator().next();
    for (String variant : first.keySet()) {
      StringBuilder line = new StringBuilder("  %-14s".formatted(variant));
      errors.forEach(
          (when, e) -> line.append(String.format(Locale.ROOT, "  %s %.4f", when, e.get(variant))));
      console.println(line);
    }
  }

  private static void printKept(PrintStream console, Map<String, StartOrRetrained> errors) {
    if (errors.isEmpty()) {
      return;
    }
    console.printf("the same on held-out images behind random combinations of other blocks:%n");
    errors.forEach(
        (variant, e) ->
            console.printf(
                Locale.ROOT,
                "  %-14s  start %.4f  retrained %.4f  kept: %s%n",
                variant,
                e.start(),
                e.retrained(),
                e.keepsStart() ? "start" : "retrained"));
  }
}
