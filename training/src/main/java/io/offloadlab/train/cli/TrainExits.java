package io.offloadlab.train.cli;

import io.offloadlab.data.Dataset;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.files.ClaimedFolder;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.exits.ExitTrainer;
import io.offloadlab.train.exits.MultiExitGraph;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.train.log.Curves;
import io.offloadlab.train.log.LiveProgress;
import io.offloadlab.train.log.TrainingListener;
import io.offloadlab.train.recipe.Recipe;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code branchynet train}: a network and its exits, jointly. */
@Command(
    name = "train",
    description = "Trains a network with its early exits, or without.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class TrainExits implements Callable<Integer> {
  /** Exit code of a training that was stopped and can be resumed, as of a shell's Ctrl-C. */
  static final int STOPPED = 130;

  /** Above, not even the weights of one layer fit into a buffer. */
  private static final int MOST_CHANNELS = 4096;

  @Mixin private DataOptions data;
  @Mixin private MachineOptions machine;
  @Mixin private RecipeOptions recipes;
  @Mixin private PrecisionOption precision;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "resnet18",
      completionCandidates = FamilyNames.class,
      description = "Network: one of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Channels of the first layer. Default: that of the published network.")
  private Integer width;

  @Option(
      names = "--exits",
      paramLabel = "all|none",
      defaultValue = "all",
      description = "Early exits to train. Default: ${DEFAULT-VALUE}.")
  private String exits;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Takes backbone.safetensors, checkpoints and curves.")
  private Path out;

  @Option(names = "--resume", description = "Goes on from the last checkpoint in --out.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Begins anew in a folder that has weights or checkpoints, and replaces them.")
  private boolean overwrite;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String mistake = machine.mistake();
    if (!mistake.isEmpty()) {
      throw wrong(mistake);
    }
    if (!NetworkFamilies.names().contains(model)) {
      throw wrong("--model is one of %s, not '%s'".formatted(NetworkFamilies.names(), model));
    }
    if (!exits.equals("all") && !exits.equals("none")) {
      throw wrong("--exits is all or none, not '%s'".formatted(exits));
    }
    int channels = width != null ? width : NetworkFamilies.publishedWidth(model);
    if (channels < 4 || channels > MOST_CHANNELS) {
      throw wrong(
          String.format(Locale.ROOT, "--width is 4 to %d, not %d", MOST_CHANNELS, channels));
    }
    Recipe recipe = recipes.recipe(spec);
    Precision used =
        precision.precision(spec, resume ? out.resolve(ExitTrainer.LAST) : null, machine.gpu());
    if (!resume && !overwrite) {
      WrittenOver.refuseNetwork(out);
    }
    Dataset dataset = data.dataset(spec);
    ImageSet images = data.images(dataset, Split.TRAIN);
    ModelGraph network = NetworkFamilies.build(model, dataset.classes(), channels, images.shape());
    MultiExitGraph graph =
        exits.equals("all")
            ? MultiExitGraph.withBranches(network)
            : MultiExitGraph.withoutBranches(network);
    NetworkCard card =
        new NetworkCard(model, channels, dataset.classes(), images.shape(), graph.earlyExits());
    return train(graph, card, dataset, images, recipe, used);
  }

  private int train(
      MultiExitGraph graph,
      NetworkCard card,
      Dataset dataset,
      ImageSet images,
      Recipe recipe,
      Precision used) {
    PrintStream console = System.out;
    StopSignal stop = new StopSignal();
    try (ClaimedFolder claimed = ClaimedFolder.named("--out", out);
        PyTorchEngine engine = machine.trainer();
        LiveProgress live = new LiveProgress(console)) {
      ExitTrainer.Job job =
          new ExitTrainer.Job(
              graph, dataset.name(), images, claimed.path(), machine.workers(), used);
      Together listeners = new Together(live);
      ExitTrainer trainer = trainer(job, recipe, listeners, stop);
      TrainingCheckpoint from = resume ? trainer.resumable() : null;
      console.printf("training %s on %s, %s, %s%n", graph, dataset.name(), engine, used);
      boolean done;
      try (StopSignal.Guard guard = stop.onInterrupt();
          Curves curves = Curves.open(out, from == null ? 0 : from.position().epoch())) {
        assert guard != null;
        listeners.add(curves);
        done = trainer.train(engine, from);
        tellIfStopped(done, console);
      }
      if (!done) {
        return STOPPED;
      }
      Map<String, String> metadata = new TreeMap<>(card.metadata());
      metadata.put(
          WeightFiles.ARCHITECTURE,
          card.family() + (graph.branches().isEmpty() ? "" : "-branchynet"));
      metadata.put(WeightFiles.DATASET, dataset.name());
      metadata.put(
          WeightFiles.TRAINED,
          String.format(Locale.ROOT, "weights of epoch %d, %s", trainer.bestEpoch(), recipe));
      metadata.put(WeightFiles.PRECISION, used.toString());
      Path file = out.resolve(ModelDirectory.BACKBONE);
      WeightFiles.ship(
          file,
          metadata,
          WeightFiles.read(out.resolve(ExitTrainer.BEST), graph.tensors()).values());
      console.printf("wrote %s%n", file);
      return 0;
    }
  }

  private ExitTrainer trainer(
      ExitTrainer.Job job, Recipe recipe, TrainingListener listener, StopSignal stop) {
    try {
      return new ExitTrainer(job, recipe, listener, stop);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  /** Says that a training can be resumed, while the process is still kept from ending. */
  static void tellIfStopped(boolean done, PrintStream console) {
    if (!done) {
      console.printf("stopped and saved; go on with --resume%n");
      console.flush();
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
