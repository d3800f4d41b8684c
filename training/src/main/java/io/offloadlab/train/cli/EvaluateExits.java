package io.offloadlab.train.cli;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.branchynet.ExitPolicy;
import io.offloadlab.data.DataStore;
import io.offloadlab.data.Dataset;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Lookup;
import io.offloadlab.data.Split;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import io.offloadlab.train.evaluate.ExitScorer;
import io.offloadlab.train.evaluate.ExitScores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/branchynet evaluate}: what every exit is worth, and what leaving early costs. */
@Command(
    name = "evaluate",
    description =
        "Measures accuracy, FLOPs and size of every exit, and the curve of accuracy over mean FLOPs"
            + " when samples leave by entropy.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class EvaluateExits implements Callable<Integer> {
  private static final List<Double> THRESHOLDS =
      List.of(0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.5);

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Data set. Default: that of --weights, else cifar10.")
  private String dataset;

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description = "Folder of the model. Default: that of the data set below models/.")
  private Path weights;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with the images. Default: $$OFFLOADLAB_DATA, the cache, then a download.")
  private Path data;

  @Option(names = "--images", paramLabel = "N", description = "Test images. Default: all.")
  private Integer images;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "50",
      description = "Images at a time. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Cores to use. Default: all of this machine.")
  private Integer threads;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Engines.AUTO,
      description =
          "What infers: auto, onednn, onnxruntime, pytorch or onednn-bfloat16. Default:"
              + " ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--thresholds",
      paramLabel = "NATS",
      split = ",",
      description = "Entropy thresholds of the curve, in nats. Default: 0 to 2.5.")
  private List<Double> thresholds = THRESHOLDS;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check(images == null || images >= 1, "--images", images, "1 or more");
    check(batch >= 1, "--batch", batch, "1 or more");
    int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    check(cores >= 1, "--threads", cores, "1 or more");
    thresholds.forEach(
        t -> check(t >= 0 && Double.isFinite(t), "--thresholds", t, "a number 0 or more"));
    check(
        Engines.names().contains(engine),
        "--engine",
        engine,
        "one of " + String.join(", ", Engines.names()));
    if (dataset != null) {
      DataOptions.named(spec, "--dataset", dataset);
    }
    ModelDirectory model = ModelShelf.chosen(dataset, weights);
    Dataset known =
        Datasets.named(model.dataset())
            .orElseThrow(
                () ->
                    new UsageError(
                        "the weights in %s do not say which data set they are of: name it with --dataset"
                            .formatted(model.path())));
    model.requireFor(known.classes(), known.shape());
    if (model.card().earlyExits().isEmpty()) {
      throw new RunFailure(
          "%s was trained without early exits: there are none to evaluate"
              .formatted(model.path().resolve(ModelDirectory.BACKBONE)));
    }
    ImageSet set = images(known);
    int count = images == null ? set.size() : images;
    check(count >= 1 && count <= set.size(), "--images", count, "1 to " + set.size());
    BranchyNet network = new BranchyNet(model.network());
    try (Engine opened = ChoosingEngine.open(engine, Engine.Processor.CPU, cores);
        ExitScorer scorer = new ExitScorer(network, model.path(), opened)) {
      print(network, model, scorer.score(set, count, batch, done -> {}));
    }
    return 0;
  }

  private ImageSet images(Dataset known) {
    Lookup found = DataStore.standard(Optional.ofNullable(data)).find(known, Split.TEST);
    if (found instanceof Lookup.Found f) {
      return f.images();
    }
    Lookup.Unreachable missing = (Lookup.Unreachable) found;
    throw new RunFailure("images unreachable because " + missing.reason());
  }

  private static void check(boolean ok, String option, Object value, String wanted) {
    if (!ok) {
      throw new UsageError("%s is %s; it must be %s".formatted(option, value, wanted));
    }
  }

  private void print(BranchyNet network, ModelDirectory model, ExitScores scores) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s on %s, %d test images%n%n",
        model.network().name(),
        model.dataset(),
        scores.images());
    out.printf("%-8s %9s %10s %9s%n", "exit", "accuracy", "MFLOPs", "size MiB");
    for (int e = 0; e < BranchyNet.EXITS.size(); e++) {
      ExitScores.Outcome fixed = scores.under(new ExitPolicy.Fixed(e), network);
      String name = BranchyNet.EXITS.get(e);
      out.printf(
          Locale.ROOT,
          "%-8s %8.2f%% %10.2f %9.2f%n",
          name,
          fixed.accuracy() * 100,
          fixed.meanFlops() / 1e6,
          network.chain(name).stream().mapToDouble(Component::sizeMib).sum());
    }
    out.printf(
        "%n%-8s %9s %11s   leaving at %s%n",
        "entropy", "accuracy", "mean MFLOPs", String.join(", ", BranchyNet.EXITS));
    for (double threshold : thresholds) {
      ExitScores.Outcome o = scores.under(new ExitPolicy.Entropy(threshold), network);
      out.printf(
          Locale.ROOT,
          "< %-6s %8.2f%% %11.2f   %d, %d, %d%n",
          threshold,
          o.accuracy() * 100,
          o.meanFlops() / 1e6,
          o.leaving().get(0),
          o.leaving().get(1),
          o.leaving().get(2));
    }
    out.flush();
  }
}
