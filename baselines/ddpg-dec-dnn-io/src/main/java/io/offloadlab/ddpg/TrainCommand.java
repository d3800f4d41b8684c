package io.offloadlab.ddpg;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.planning.DdpgPreset;
import io.offloadlab.ddpg.planning.ExhaustiveOracle;
import io.offloadlab.ddpg.planning.Solution;
import io.offloadlab.ddpg.planning.TrainingMeter;
import io.offloadlab.ddpg.planning.TuplePlanner;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.ClaimedFolder;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.view.SystemViewFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bin/ddpg-dec-dnn-io train}: learns offline for a system that was measured before, and
 * leaves checkpoints for {@code ddpg.checkpoint} and training curves.
 */
@Command(
    name = "train",
    description =
        "Trains the agents on a measured system (the view.json of a run), and compares the learned"
            + " plan with the best one.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--view",
      paramLabel = "FILE",
      required = true,
      description = "What was measured: the view.json of a run.")
  private Path view;

  @Option(
      names = "--acc",
      paramLabel = "A",
      required = true,
      description = "Least accuracy over the devices, in 0..1.")
  private double accuracy;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images per task. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--source",
      paramLabel = "WHERE",
      defaultValue = "cloud",
      description = "Where tasks arise: cloud or edge. Default: ${DEFAULT-VALUE}.")
  private String source;

  @Option(
      names = "--in-flight",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Tasks that are under way at once; a single one has all of the cloud's cores, several"
              + " devices' share them. Default: ${DEFAULT-VALUE}.")
  private int inFlight;

  @Option(
      names = "--memory-cloud",
      paramLabel = "SHARE",
      defaultValue = "0.25",
      description =
          "The cloud's memory budget as a share of the network. Default: ${DEFAULT-VALUE}, as in the"
              + " scenario 'published'.")
  private double memoryCloud;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Data set. Default: cifar100 when its weights are there, else cifar10.")
  private String dataset;

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description = "Folder of the model. Default: that of the data set below models/.")
  private Path weights;

  @Option(
      names = "--preset",
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description = "Hyper-parameters: default, published or a YAML file.")
  private String preset;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description = "What agents are rewarded for: latency or ipla. Default: the preset's.")
  private String objective;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Directory of checkpoints: written, and gone on from.")
  private Path checkpoint;

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "Directory of training curves: CSV and TensorBoard.")
  private Path log;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Drives every random choice. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkOptions();
    ModelDirectory directory = ModelShelf.chosen(dataset, weights);
    directory.requireWhole();
    ProfileDocument profile = directory.measured();
    profile.warning(directory).ifPresent(this::say);
    SystemView measured = SystemViewFile.read(view).view();
    BranchyNet network = new BranchyNet(directory.network());
    long whole = directory.network().parameters() * Float.BYTES;
    DdpgPreset loaded = DdpgPreset.load(preset);
    DdpgPreset hyperParameters =
        objective == null ? loaded : loaded.rewarding(Objective.named(objective));
    CollaborationModel model =
        new CollaborationModel(
            network,
            profile.choosing(),
            scenario(measured, (long) (memoryCloud * whole)),
            measured,
            hyperParameters.reward());
    try (ClaimedFolder agents = claimed("--checkpoint", checkpoint);
        ClaimedFolder curves =
            log != null && log.equals(checkpoint) ? null : claimed("--log", log)) {
      assert agents != null || curves != null || (checkpoint == null && log == null);
      TuplePlanner planner =
          new TuplePlanner(
              hyperParameters,
              seed,
              new TuplePlanner.PlannerFiles(
                  Optional.ofNullable(checkpoint), Optional.ofNullable(log)));

      Solution learned = planner.plan(model, TrainingMeter.ofTerminal());
      Solution best = ExhaustiveOracle.solve(model);

      PrintWriter out = spec.commandLine().getOut();
      print(out, "learned", learned, model);
      print(out, "best", best, model);
      out.printf(
          Locale.ROOT,
          "gap      %.2f%%%n",
          (best.worth() - learned.worth()) / Math.abs(best.worth()) * 100);
      out.flush();
      return 0;
    }
  }

  private static ClaimedFolder claimed(String option, Path folder) {
    return folder == null ? null : ClaimedFolder.named(option, folder);
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + line);
    err.flush();
  }

  private static void print(PrintWriter out, String name, Solution s, CollaborationModel model) {
    out.printf(
        Locale.ROOT,
        "%-8s IPLA %.4f, mean latency %.2f ms, %s%n",
        name,
        model.ipla(s.plan()),
        model.meanSeconds(s.plan()) * 1e3,
        s.plan());
  }

  private void checkOptions() {
    check(accuracy >= 0 && accuracy <= 1, "--acc is in 0..1, not " + accuracy);
    check(batch >= 1, "--batch is at least 1, not " + batch);
    check(inFlight >= 1, "--in-flight is at least 1, not " + inFlight);
    check(
        source.equals("cloud") || source.equals("edge"),
        "--source is 'cloud' or 'edge', not '%s'".formatted(source));
    check(
        memoryCloud >= 0 && Double.isFinite(memoryCloud),
        "--memory-cloud is a share, 0 or more, not " + memoryCloud);
  }

  private static void check(boolean good, String otherwise) {
    if (!good) {
      throw new UsageError(otherwise);
    }
  }

  private Scenario scenario(SystemView measured, long cloudBytes) {
    List<Scenario.NodeSpec> nodes = new ArrayList<>();
    List<LinkSpec> links = new ArrayList<>();
    nodes.add(new Scenario.NodeSpec(1, cloudBytes));
    for (int i = 0; i < measured.links().size(); i++) {
      nodes.add(new Scenario.NodeSpec(1, Long.MAX_VALUE));
      links.add(LinkSpec.UNSHAPED);
    }
    try {
      return new Scenario(
          "train",
          source.equals("cloud"),
          nodes,
          links,
          new Arrivals.Sequential(inFlight),
          batch,
          accuracy,
          seed);
    } catch (IllegalArgumentException e) {
      throw new RunFailure("%s: check --acc, --batch and --view".formatted(e.getMessage()), e);
    }
  }
}
