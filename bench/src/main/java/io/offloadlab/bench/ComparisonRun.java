package io.offloadlab.bench;

import io.offloadlab.bench.report.RunDescription;
import io.offloadlab.bench.report.RunReport;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.report.SummaryRow;
import io.offloadlab.bench.report.TableReport;
import io.offloadlab.bench.run.Comparison;
import io.offloadlab.bench.run.Entrant;
import io.offloadlab.bench.run.LiveSystem;
import io.offloadlab.bench.run.MeasuringProgress;
import io.offloadlab.bench.run.Nodes;
import io.offloadlab.bench.run.RunProgress;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.scenario.ScenarioDraft;
import io.offloadlab.bench.scenario.UsageError;
import io.offloadlab.data.TaskStream;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.profile.SystemViewFile;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A comparison from its options to its files: what {@code compare} and {@code cloud} share. */
final class ComparisonRun {
  private static final int IMAGES_BY_DEFAULT = 1000;
  private static final int LEAST_TASKS_BY_DEFAULT = 20;
  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final ZonedDateTime started = ZonedDateTime.now(ZoneId.systemDefault());
  private final CommandSpec spec;
  private final ScenarioDraft draft;
  private final ModelOptions modelOptions;
  private final RunOptions runOptions;

  ComparisonRun(
      CommandSpec spec, ScenarioDraft draft, ModelOptions modelOptions, RunOptions runOptions) {
    this.spec = spec;
    this.draft = draft;
    this.modelOptions = modelOptions;
    this.runOptions = runOptions;
  }

  /**
   * Runs strategies and writes what came out.
   *
   * @param known every strategy
   * @param names those that take part
   * @param place where the nodes are
   */
  void run(Strategies known, List<String> names, Nodes.Place place) {
    ModelDirectory model = modelOptions.open();
    ModelGraph network = model.network();
    Scenario scenario = draft.toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    int count = tasks(scenario);
    StrategyContext context =
        new StrategyContext(network, model.profile(), scenario, runOptions.options);
    List<Entrant> entrants = known.create(names, context);
    Images images = modelOptions.images(model.dataset(), scenario.seed());
    List<Task> tasks = new TaskStream(scenario, images.set().size(), count).toList();
    Path out = out();
    RunReport report = new RunReport(out);
    images.warning().ifPresent(this::say);

    SystemView view;
    List<StrategyResult> results;
    try (Nodes nodes = Nodes.start(place, scenario, model.path());
        RunProgress progress = new RunProgress(entrants.size() * (long) count)) {
      view = view(nodes, entrants, scenario);
      results =
          new Comparison(
                  new LiveSystem(nodes.cloud(), images.set()), scenario, tasks, entrants, progress)
              .run();
    }
    RunDescription description = describe(model, scenario, images, count, view);
    report.write(description, results);
    SystemViewFile.write(
        out.resolve("view.json"), view, description.started(), Machine.describe().toString());
    print(model, scenario, results, out);
  }

  private SystemView view(Nodes nodes, List<Entrant> entrants, Scenario scenario) {
    if (runOptions.view != null) {
      nodes.cloud().use(SystemViewFile.read(runOptions.view));
    } else {
      List<Component> components =
          List.copyOf(
              entrants.stream()
                  .flatMap(e -> e.strategy().components().stream())
                  .collect(
                      Collectors.toMap(Component::name, c -> c, (a, b) -> a, LinkedHashMap::new))
                  .values());
      try (MeasuringProgress progress = new MeasuringProgress()) {
        nodes.cloud().measure(components, scenario.batch(), progress);
      }
    }
    return nodes.cloud().view();
  }

  private int tasks(Scenario scenario) {
    if (runOptions.tasks == null) {
      return Math.max(LEAST_TASKS_BY_DEFAULT, IMAGES_BY_DEFAULT / scenario.batch());
    }
    if (runOptions.tasks < 1) {
      throw new UsageError("--tasks is at least 1, not " + runOptions.tasks);
    }
    return runOptions.tasks;
  }

  private Path out() {
    return runOptions.out != null
        ? runOptions.out
        : Path.of("runs", spec.name() + "-" + started.format(FOLDER));
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + line);
    err.flush();
  }

  private void print(
      ModelDirectory model, Scenario scenario, List<StrategyResult> results, Path folder) {
    List<SummaryRow> rows = results.stream().map(r -> SummaryRow.of(r, scenario)).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s on %s, scenario %s: %d tasks of %d, accuracy threshold %.2f%%, accuracy is %s%n",
        model.network().name(),
        model.dataset(),
        scenario.name(),
        rows.get(0).tasks(),
        scenario.batch(),
        scenario.accuracyThreshold() * 100,
        rows.get(0).accuracySource());
    out.println(TableReport.render(rows));
    results.stream().flatMap(r -> r.remarks().stream()).forEach(out::println);
    out.printf("Report: %s%n", folder.resolve("report.html"));
    out.flush();
  }

  private RunDescription describe(
      ModelDirectory model, Scenario scenario, Images images, int tasks, SystemView view) {
    List<String> command = new ArrayList<>();
    command.add("bin/" + spec.root().name());
    command.addAll(spec.root().commandLine().getParseResult().originalArgs());
    return new RunDescription(
        command,
        started.truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime().toString(),
        Bench.VERSION,
        Machine.describe(),
        model.network().name(),
        model.dataset(),
        Checksums.of(model.path()),
        images.origin(),
        scenario,
        Map.copyOf(runOptions.options),
        tasks,
        view,
        List.of());
  }
}
