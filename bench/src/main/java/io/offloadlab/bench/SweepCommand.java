package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.sweep.Cell;
import io.offloadlab.bench.sweep.CellFunction;
import io.offloadlab.bench.sweep.CellJournal;
import io.offloadlab.bench.sweep.Grid;
import io.offloadlab.bench.sweep.Sweep;
import io.offloadlab.bench.sweep.SweepFolder;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.Split;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.scenario.ScenarioFiles;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationOptions.ServiceTimes;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench sweep}: every strategy under every combination of settings. */
@Command(
    name = "sweep",
    description = {
      "Simulates every combination of some settings (or runs it live), one row each in one table.",
      "An axis takes values with commas between them, or a range FIRST:LAST:STEP.",
      "A sweep that was stopped goes on when the same command names its --out."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  private static final int MOST_LISTED = 10;

  @Option(
      names = "--grid",
      paramLabel = "FILE",
      description =
          "YAML file of axes: strategies, accuracy, batch, link, edge-speed, edges, seed. Options below replace its axes.")
  private Path grid;

  @Option(
      names = "--strategies",
      paramLabel = "ENTRY,...",
      description = "Strategies, as compare takes them: NAME or MINE=NAME[OPTION=VALUE,...].")
  private List<String> strategies;

  @Option(
      names = "--acc",
      paramLabel = "A",
      split = ",",
      description = "Accuracy thresholds, such as 0.70:0.76:0.01.")
  private List<String> acc;

  @Option(names = "--batch", paramLabel = "N", split = ",", description = "Images per task.")
  private List<String> batch;

  @Option(names = "--link", paramLabel = "LINK", split = ",", description = "Links of all edges.")
  private List<String> link;

  @Option(
      names = "--edge-speed",
      paramLabel = "F",
      split = ",",
      description = "Speeds of all edges, 1 for the machine's own.")
  private List<String> edgeSpeed;

  @Option(names = "--edges", paramLabel = "N", split = ",", description = "Numbers of edges.")
  private List<String> edges;

  @Option(names = "--seed", paramLabel = "N", split = ",", description = "Seeds, such as 1:10:1.")
  private List<String> seed;

  @Option(
      names = "--scenario",
      paramLabel = "NAME|FILE",
      description = "What the cells differ from: a preset or YAML file. Default: published.")
  private String scenario;

  @Mixin private ModelOptions model;
  @Mixin private PluginOption plugins;

  @Option(
      names = "--view",
      paramLabel = "FILE",
      split = ",",
      required = true,
      description = "The view.json of an earlier run, one for each batch of the grid.")
  private List<Path> views;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks of each cell. Default: enough for 1,000 images, at least 20.")
  private Integer tasks;

  @Option(
      names = {"-O", "--option"},
      paramLabel = "STRATEGY.NAME=VALUE",
      description = "Setting of a strategy, such as legodnn.objective=size.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Cells at a time. Default: the processors of this machine; live cells, one.")
  private Integer jobs;

  @Option(
      names = "--live",
      description = "Run every cell on live nodes, one after the other. Default: simulate.")
  private boolean live;

  @Option(
      names = "--skip-impossible",
      description = "Leave out cells that cannot be run instead of ending before the first.")
  private boolean skipImpossible;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for sweep.csv, cells.jsonl and sweep.json; one that was begun goes on. Default: a new one in runs/.")
  private Path out;

  @Spec private CommandSpec spec;

  /** Whatever the values of a cell depend on besides the cell. */
  private record Facts(
      String version,
      String model,
      String dataset,
      Map<String, String> weights,
      ScenarioDraft scenario,
      Map<Integer, String> views,
      Map<String, String> options,
      List<Entry> strategies,
      String images,
      Integer tasks,
      boolean live) {}

  /** How cells were computed, which their values do not depend on. */
  private record How(List<String> command, int cells, int jobs, Map<String, String> machine) {}

  @Override
  public Integer call() {
    check(tasks, "--tasks");
    check(jobs, "--jobs");
    if (live && jobs != null && jobs > 1) {
      throw new UsageError(
          "--jobs %s with --live: cells at the same time would slow each other down"
              .formatted(jobs));
    }
    int threads = live ? 1 : jobs != null ? jobs : Runtime.getRuntime().availableProcessors();
    Strategies known = plugins.strategies();
    known.checkOptions(options);
    Grid axes = grid();
    Map<String, Entry> entries = entries(known, axes);
    List<Cell> cells = axes.of(List.copyOf(entries.keySet())).cells();
    ScenarioDraft base = ScenarioFiles.read(scenario == null ? "published" : scenario);
    ModelDirectory directory = model.openTrained(base);
    ModelGraph network = directory.network();
    ProfileDocument profile = directory.measured();
    profile.warning(directory).ifPresent(this::say);
    ImageUse use = RunFrame.use(profile, directory, this::say);
    StopSignal stop = new StopSignal();
    SimulatedCells function =
        new SimulatedCells(
            known,
            entries,
            network,
            profile.choosing(),
            RunFrame.pool(
                use, Datasets.named(directory.dataset()).orElseThrow().files(Split.TEST).images()),
            use,
            base,
            views(),
            Map.copyOf(options),
            new SimulationOptions(Integer.MAX_VALUE, ServiceTimes.CONSTANT, BackgroundLoad.NONE),
            tasks,
            stop);
    List<Cell> possible = possible(cells, function);
    try (SweepFolder folder = SweepFolder.open(out, FreshFolder.of("sweep"))) {
      folder.begin(facts(directory, base, use, function), how(possible, threads));
      CellFunction cellFunction =
          live
              ? new LiveCells(entries, words(), function::viewFile, folder.path().resolve("cells"))
              : function;
      run(folder, possible, cellFunction, threads, stop);
    }
    return CommandLines.DONE;
  }

  private static void check(Integer value, String option) {
    if (value != null && value < 1) {
      throw new UsageError("%s is at least 1, not %s".formatted(option, value));
    }
  }

  private Grid grid() {
    Grid typed =
        new Grid(strategies, any(acc), any(batch), link, any(edgeSpeed), any(edges), any(seed));
    return grid == null ? typed : Grid.read(grid).overriddenBy(typed);
  }

  private Map<String, Entry> entries(Strategies known, Grid axes) {
    Map<String, Entry> byName = new LinkedHashMap<>();
    if (axes.strategies() != null) {
      known.entered(axes.strategies(), options).forEach(e -> byName.put(e.name(), e));
    }
    for (Entry e : byName.values()) {
      known.written(e.settings(options)).stream()
          .findFirst()
          .ifPresent(
              key -> {
                throw new UsageError(
                    "%s names a file that every cell would write to: leave it out".formatted(key));
              });
    }
    return byName;
  }

  private static List<Object> any(List<String> values) {
    return values == null ? null : List.copyOf(values);
  }

  private Map<Integer, Wanted.Given> views() {
    Map<Integer, Wanted.Given> byBatch = new HashMap<>();
    for (Path file : views) {
      MeasuredView view = SystemViewFile.read(file);
      Wanted.Given before =
          byBatch.put(view.view().batch(), new Wanted.Given(file, view, scenario != null));
      if (before != null) {
        throw new UsageError(
            String.format(
                Locale.ROOT,
                "--view '%s' and '%s' were both measured with batch %d: leave one out",
                before.file(),
                file,
                view.view().batch()));
      }
    }
    return byBatch;
  }

  /** Cells that can be run; the others are told of before anything starts. */
  private List<Cell> possible(List<Cell> cells, SimulatedCells function) {
    Map<Cell, Cell> oneEach = new LinkedHashMap<>();
    cells.forEach(c -> oneEach.putIfAbsent(c.withoutSeed(), c));
    Map<Cell, String> found = new ConcurrentHashMap<>();
    oneEach.entrySet().parallelStream()
        .forEach(e -> function.obstacle(e.getValue()).ifPresent(why -> found.put(e.getKey(), why)));
    Map<Cell, String> obstacles = new LinkedHashMap<>();
    oneEach.keySet().stream()
        .filter(found::containsKey)
        .forEach(c -> obstacles.put(c, found.get(c)));
    List<Cell> possible = cells.stream().filter(c -> !found.containsKey(c.withoutSeed())).toList();
    if (obstacles.isEmpty()) {
      return possible;
    }
    obstacles.entrySet().stream()
        .limit(MOST_LISTED)
        .forEach(e -> say("impossible: %s: %s".formatted(e.getKey().key(), e.getValue())));
    if (obstacles.size() > MOST_LISTED) {
      say(String.format(Locale.ROOT, "and %d more", obstacles.size() - MOST_LISTED));
    }
    if (!skipImpossible || possible.isEmpty()) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "%d of the grid's %d cells cannot be run: change the grid, or leave them out with --skip-impossible",
              cells.size() - possible.size(),
              cells.size()));
    }
    return possible;
  }

  private Facts facts(
      ModelDirectory directory, ScenarioDraft base, ImageUse use, SimulatedCells function) {
    Map<Integer, String> sums = new TreeMap<>();
    function.views().forEach((size, view) -> sums.put(size, Sha256.required(view.file())));
    return new Facts(
        Release.VERSION,
        directory.network().name(),
        directory.dataset(),
        Checksums.of(directory.path()),
        base,
        sums,
        new TreeMap<>(options),
        List.copyOf(function.entries().values()),
        use.told(),
        tasks,
        live);
  }

  private How how(List<Cell> cells, int threads) {
    List<String> command = new ArrayList<>();
    command.add("bin/" + spec.root().name());
    command.addAll(spec.root().commandLine().getParseResult().originalArgs());
    return new How(command, cells.size(), threads, MachineFacts.describe());
  }

  /** Of the command that runs a cell live, what all cells share. */
  private List<String> words() {
    List<String> words = new ArrayList<>(model.words());
    words.addAll(plugins.words());
    options.forEach((name, value) -> words.addAll(List.of("-O", name + "=" + value)));
    if (scenario != null) {
      words.addAll(List.of("--scenario", scenario));
    }
    if (tasks != null) {
      words.addAll(List.of("--tasks", tasks.toString()));
    }
    return words;
  }

  private void run(
      SweepFolder folder, List<Cell> cells, CellFunction function, int threads, StopSignal stop) {
    int failed;
    try (StopSignal.Guard guard = stop.onInterrupt();
        CellJournal journal = CellJournal.open(folder.path())) {
      assert guard != null;
      Sweep sweep = new Sweep(function, journal, threads);
      List<Cell> pending = sweep.pending(cells);
      if (pending.size() < cells.size()) {
        say(
            String.format(
                Locale.ROOT,
                "%d of %d cells are done already",
                cells.size() - pending.size(),
                cells.size()));
      }
      try (SweepProgress progress = new SweepProgress(pending.size(), this::say)) {
        sweep.run(pending, progress, stop);
      } finally {
        folder.write(cells, journal);
      }
      failed = journal.failed(cells);
      PrintWriter print = spec.commandLine().getOut();
      print.printf(
          Locale.ROOT,
          "%d of %d cells done%s: %s%n",
          cells.size() - sweep.pending(cells).size(),
          cells.size(),
          failed == 0 ? "" : String.format(Locale.ROOT, ", %d failed", failed),
          folder.table());
      print.flush();
    }
    if (stop.requested()) {
      throw new RunFailure(
          "stopped before the last cell; the same command with --out %s goes on"
              .formatted(folder.path()));
    }
    if (failed > 0) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%d cells failed; their reasons are in %s, and the same command with --out %s tries them again",
              failed,
              folder.table(),
              folder.path()));
    }
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + line);
    err.flush();
  }
}
