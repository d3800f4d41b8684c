package io.offloadlab.bench;

import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.bench.report.RunDescription;
import io.offloadlab.bench.report.RunReport;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.run.Comparison;
import io.offloadlab.bench.run.Entrants;
import io.offloadlab.bench.run.LiveSystem;
import io.offloadlab.bench.run.MeasuringProgress;
import io.offloadlab.bench.run.Nodes;
import io.offloadlab.bench.run.RunProgress;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.run.Validation;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.view.SystemViewFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A comparison from its options to its files: what {@code compare} and {@code cloud} share. */
final class ComparisonRun {
  private final RunFrame frame;
  private final ScenarioDraft draft;
  private final ModelOptions modelOptions;
  private final RunOptions runOptions;
  private final boolean simulated;

  /**
   * @param simulated whether the stream is simulated afterwards, to compare
   */
  ComparisonRun(
      CommandSpec spec,
      ScenarioDraft draft,
      ModelOptions modelOptions,
      RunOptions runOptions,
      boolean simulated) {
    this.frame = new RunFrame(spec, runOptions);
    this.draft = draft;
    this.modelOptions = modelOptions;
    this.runOptions = runOptions;
    this.simulated = simulated;
  }

  /** A simulation would begin with what the live run has just learned, and write over it. */
  private void checkFilesOfStrategies(Strategies known) {
    List<String> written = known.written(runOptions.options);
    if (simulated && !written.isEmpty()) {
      throw new UsageError(
          "--simulate does not go with %s: the simulated strategies would write to the same file; leave one of them out"
              .formatted(written.get(0)));
    }
  }

  /**
   * Runs strategies and writes what came out.
   *
   * @param known every strategy
   * @param names those that take part
   * @param place where the nodes are
   */
  void run(Strategies known, List<String> names, Nodes.Place place) {
    known.checkOptions(runOptions.options);
    checkFilesOfStrategies(known);
    ModelDirectory model = modelOptions.open();
    ModelGraph network = model.network();
    Scenario scenario = draft.toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    int count = frame.tasks(scenario);
    ProfileDocument profile = model.measured();
    profile.warning(model).ifPresent(frame::say);
    StrategyContext context =
        new StrategyContext(network, profile.all(), scenario, runOptions.options);
    Path out = frame.out();
    Images images;
    List<Task> tasks;
    RunReport report;
    SystemView view;
    SystemView experienced;
    List<StrategyResult> results;
    try (Entrants entrants = known.create(names, context)) {
      images = modelOptions.images(model.dataset(), scenario.seed());
      tasks = new TaskStream(scenario, images.set().size(), count).toList();
      report = new RunReport(out);
      images.warning().ifPresent(frame::say);
      try (Nodes nodes = Nodes.start(place, scenario, model.path());
          RunProgress progress = new RunProgress(entrants.list().size() * (long) count)) {
        view = view(nodes, entrants, scenario);
        LiveSystem live = new LiveSystem(nodes.cloud(), images.set());
        results = new Comparison(live, scenario, tasks, entrants.list(), progress).run();
        experienced = nodes.cloud().experienced();
      }
    }
    RunDescription description = frame.describe(model, scenario, images.origin(), count, view);
    List<ValidationRow> validation =
        simulated
            ? new Validation(scenario, tasks, view, experienced)
                .of(
                    results.stream().map(StrategyResult::summary).toList(),
                    () -> known.create(names, context))
            : List.of();
    report.write(description, known.yardstick(), results, validation);
    String machine = MachineFacts.describe().toString();
    SystemViewFile.write(out.resolve("view.json"), view, description.started(), machine);
    SystemViewFile.write(
        out.resolve("experienced.json"), experienced, description.started(), machine);
    frame.print(model, scenario, known.yardstick(), results, validation, out);
  }

  private SystemView view(Nodes nodes, Entrants entrants, Scenario scenario) {
    if (runOptions.view != null) {
      nodes.cloud().use(SystemViewFile.read(runOptions.view));
    } else {
      try (MeasuringProgress progress = new MeasuringProgress()) {
        nodes.cloud().measure(entrants.components(), scenario.batch(), progress);
      }
    }
    SystemView view = nodes.cloud().view();
    if (simulated) {
      // Both runs decide from the same view, so that they can differ in time alone.
      nodes.cloud().use(view);
    }
    return view;
  }
}
