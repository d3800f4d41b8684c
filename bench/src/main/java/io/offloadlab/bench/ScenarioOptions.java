package io.offloadlab.bench;

import io.offloadlab.failure.UsageError;
import io.offloadlab.scenario.LinkText;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.scenario.ScenarioFiles;
import io.offloadlab.view.SystemViewFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that make the scenario: a preset or file, and what is to differ from it. */
final class ScenarioOptions {
  private static final String USUAL = "published";

  @Option(
      names = "--scenario",
      paramLabel = "NAME|FILE",
      completionCandidates = ScenarioPresets.class,
      description = "Preset (${COMPLETION-CANDIDATES}) or YAML file. Default: published.")
  private String scenario;

  @Option(names = "--batch", paramLabel = "N", description = "Images per task. Default: 1.")
  private Integer batch;

  @Option(
      names = {"--acc", "--acc-thres"},
      paramLabel = "A",
      description = "Least accuracy over the stream, in 0..1. Default: 0.")
  private Double acc;

  @Option(names = "--edges", paramLabel = "N", description = "Number of edges. Default: 2.")
  private Integer edges;

  @Option(
      names = "--link",
      paramLabel = "LINK",
      split = ",",
      completionCandidates = LinkPresets.class,
      description =
          "Link of the edges (or one each): ${COMPLETION-CANDIDATES}, or UP/DOWN@RTT such as 8Mbit/20Mbit@15ms.")
  private List<String> link;

  @Option(
      names = "--changes",
      paramLabel = "CHANGES",
      description =
          "How links change over time: mobility, a file of lines SECONDS,MBIT,RTT_MS that ends in .csv, or steps such as '20s x0.1, 40s x1'.")
  private String changes;

  @Option(
      names = "--edge-speed",
      paramLabel = "F",
      split = ",",
      description = "Speed of the edges (or one each), 1 for the machine's own.")
  private List<Double> edgeSpeed;

  @Option(
      names = "--memory-cloud",
      paramLabel = "M",
      description = "Memory budget of the cloud: 25%% (of the model), 8MiB or unlimited.")
  private String memoryCloud;

  @Option(
      names = "--memory-edge",
      paramLabel = "M",
      split = ",",
      description = "Memory budget of the edges (or one each).")
  private List<String> memoryEdge;

  @Option(
      names = "--source",
      paramLabel = "NODE",
      description = "Where tasks arise: cloud or edge.")
  private String source;

  @Option(
      names = "--arrivals",
      paramLabel = "PROCESS",
      description = "sequential, 'sequential K', 'poisson RATE' or 'bernoulli P per SLOT'.")
  private String arrivals;

  @Option(
      names = "--in-flight",
      paramLabel = "K",
      description = "Short for --arrivals 'sequential K': K tasks are under way at once.")
  private Integer inFlight;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Drives every random choice. Default: 1.")
  private Long seed;

  /**
   * The preset or file with these options over it.
   *
   * @param viewFile the view to decide from; null to measure one
   * @throws io.offloadlab.failure.UsageError if one of the files cannot be read
   */
  Wanted wanted(Path viewFile) {
    check(batch == null || batch >= 1, "--batch", "at least 1", batch);
    check(acc == null || (acc >= 0 && acc <= 1), "--acc", "in 0..1", acc);
    check(inFlight == null || inFlight >= 1, "--in-flight", "at least 1", inFlight);
    if (inFlight != null && arrivals != null) {
      throw new UsageError(
          "--in-flight %s says when tasks arrive, and so does --arrivals '%s': give one of them"
              .formatted(inFlight, arrivals));
    }
    check(edges == null || edges >= 1, "--edges", "at least 1", edges);
    check(
        edgeSpeed == null || edgeSpeed.stream().allMatch(f -> f > 0 && f <= 1),
        "--edge-speed",
        "in (0, 1]",
        edgeSpeed);
    ScenarioDraft base = ScenarioFiles.read(scenario == null ? USUAL : scenario);
    Optional<Wanted.Given> view =
        Optional.ofNullable(viewFile)
            .map(file -> new Wanted.Given(file, SystemViewFile.read(file), isAsked()));
    return Wanted.of(base, typed(), view);
  }

  private static void check(boolean good, String option, String range, Object value) {
    if (!good) {
      throw new UsageError("%s is %s, not %s".formatted(option, range, value));
    }
  }

  private boolean isAsked() {
    return scenario != null || link != null || edgeSpeed != null;
  }

  private ScenarioDraft typed() {
    return new ScenarioDraft(
        null,
        null,
        source,
        edges,
        link,
        changes == null ? null : List.of(changes),
        new ScenarioDraft.Speed(null, edgeSpeed),
        new ScenarioDraft.Memory(memoryCloud, memoryEdge),
        inFlight == null ? arrivals : "sequential " + inFlight,
        batch,
        acc,
        seed);
  }

  private static final class ScenarioPresets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ScenarioFiles.presetNames().iterator();
    }
  }

  private static final class LinkPresets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LinkText.presetNames().iterator();
    }
  }
}
