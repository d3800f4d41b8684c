package io.offloadlab.bench;

import io.offloadlab.bench.report.RunReport;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.run.Entrant;
import io.offloadlab.bench.run.MeasuringProgress;
import io.offloadlab.bench.run.Nodes;
import io.offloadlab.bench.run.RunProgress;
import io.offloadlab.bench.run.SimulatedResult;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.Split;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
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
    ModelDirectory model = modelOptions.open();
    ModelGraph network = model.network();
    Scenario scenario = draft.toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    int count = frame.tasks(scenario);
    StrategyContext context =
        new StrategyContext(network, model.profile(), scenario, runOptions.options);
    List<Entrant> entrants = known.create(names, context);
    RunReport report = new RunReport(frame.out());
    TaskStream stream = new TaskStream(scenario, images(model.dataset()), count);
    SystemView view = view(model, entrants, scenario);

    List<SimulatedResult> results = new ArrayList<>();
    try (RunProgress progress = new RunProgress(entrants.size() * (long) count)) {
      for (Entrant entrant : entrants) {
        results.add(
            simulate(entrant, new Simulator(scenario, view, options), scenario, stream, progress));
      }
    }
    List<StrategyResult> done = results.stream().map(SimulatedResult::result).toList();
    report.write(
        frame.describe(model, scenario, "none: simulated", count, view),
        Strategies.YARDSTICK,
        done,
        List.of());
    frame.print(model, scenario, Strategies.YARDSTICK, done, List.of(), frame.out());
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
  private SystemView view(ModelDirectory model, List<Entrant> entrants, Scenario scenario) {
    if (runOptions.view != null) {
      return ScenarioView.repeated(SystemViewFile.read(runOptions.view), scenario.edges());
    }
    List<Component> components =
        List.copyOf(
            entrants.stream()
                .flatMap(e -> e.strategy().components().stream())
                .collect(Collectors.toMap(Component::name, c -> c, (a, b) -> a, LinkedHashMap::new))
                .values());
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
      nodes.cloud().measure(components, scenario.batch(), progress);
      return ScenarioView.of(scenario, nodes.cloud().view().node(NodeId.CLOUD), scenario.batch());
    }
  }
}
