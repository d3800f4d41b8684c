package io.offloadlab.bench;

import io.offloadlab.bench.report.RunReport;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.run.Entrant;
import io.offloadlab.bench.run.Entrants;
import io.offloadlab.bench.run.MeasuringProgress;
import io.offloadlab.bench.run.Nodes;
import io.offloadlab.bench.run.RunProgress;
import io.offloadlab.bench.run.SimulatedResult;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.Split;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.sim.ArrivalTrace;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.view.ScenarioView;
import io.offloadlab.view.SystemViewFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A simulation from its options to its files. */
final class SimulationRun {
  private static final NodeSpec THIS_MACHINE = new NodeSpec(1, Long.MAX_VALUE);

  private final RunFrame frame;
  private final ScenarioDraft draft;
  private final ModelOptions modelOptions;
  private final RunOptions runOptions;
  private final SimulationOptions options;
  private final Path trace;

  /**
   * @param trace recorded arrivals; null for the scenario's
   */
  SimulationRun(
      CommandSpec spec,
      ScenarioDraft draft,
      ModelOptions modelOptions,
      RunOptions runOptions,
      SimulationOptions options,
      Path trace) {
    this.frame = new RunFrame(spec, runOptions);
    this.draft = draft;
    this.modelOptions = modelOptions;
    this.runOptions = runOptions;
    this.options = options;
    this.trace = trace;
  }

  void run(Strategies known, List<String> names) {
    known.checkOptions(runOptions.options);
    ModelDirectory model = modelOptions.open();
    ModelGraph network = model.network();
    Scenario scenario = draft.toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    int count = frame.tasks(scenario);
    ProfileDocument profile = model.measured();
    profile.warning(model).ifPresent(frame::say);
    StrategyContext context =
        new StrategyContext(network, profile.all(), scenario, runOptions.options);
    List<SimulatedResult> results = new ArrayList<>();
    RunReport report;
    SystemView view;
    try (Entrants entrants = known.create(names, context)) {
      report = new RunReport(frame.out());
      TaskStream stream = new TaskStream(scenario, images(model.dataset()), count);
      view = view(model, entrants, scenario);
      try (RunProgress progress = new RunProgress(entrants.list().size() * (long) count)) {
        for (Entrant entrant : entrants.list()) {
          Simulator simulator = new Simulator(scenario, view, options);
          results.add(simulate(entrant, simulator, scenario, stream, progress));
        }
      }
    }
    List<StrategyResult> done = results.stream().map(SimulatedResult::result).toList();
    report.write(
        frame.describe(model, scenario, "none: simulated", count, view),
        known.yardstick(),
        done,
        List.of());
    frame.print(model, scenario, known.yardstick(), done, List.of(), frame.out());
    results.forEach(r -> r.warnings().forEach(w -> frame.say(r.result().strategy() + ": " + w)));
  }

  private SimulatedResult simulate(
      Entrant entrant,
      Simulator simulator,
      Scenario scenario,
      TaskStream stream,
      RunProgress progress) {
    if (trace == null) {
      return SimulatedResult.of(entrant, simulator, scenario, stream, stream.size(), progress);
    }
    try (ArrivalTrace timed = new ArrivalTrace(trace, stream, scenario.edges())) {
      return SimulatedResult.of(entrant, simulator, scenario, timed, stream.size(), progress);
    }
  }

  private static int images(String dataset) {
    return Datasets.named(dataset)
        .map(d -> d.files(Split.TEST).images())
        .orElseThrow(() -> UsageError.unknown("dataset", dataset, List.of()));
  }

  /** Given, or this machine's with the scenario's speeds and links. */
  private SystemView view(ModelDirectory model, Entrants entrants, Scenario scenario) {
    if (runOptions.view != null) {
      return ScenarioView.repeated(SystemViewFile.read(runOptions.view), scenario.edges());
    }
    Scenario alone =
        new Scenario(
            "this machine",
            true,
            List.of(THIS_MACHINE, THIS_MACHINE),
            List.of(LinkSpec.UNSHAPED),
            new Arrivals.Sequential(),
            scenario.batch(),
            0,
            scenario.seed());
    try (Nodes nodes = Nodes.start(new Nodes.Place.ThisProcess(), alone, model.path());
        MeasuringProgress progress = new MeasuringProgress()) {
      nodes.cloud().measure(entrants.components(), scenario.batch(), progress);
      return ScenarioView.of(scenario, nodes.cloud().view().node(NodeId.CLOUD), scenario.batch());
    }
  }
}
