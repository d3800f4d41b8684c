package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.report.RunDescription;
import io.offloadlab.bench.report.RunFolder;
import io.offloadlab.bench.report.RunReport;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.run.Comparison;
import io.offloadlab.bench.run.Entrant;
import io.offloadlab.bench.run.Entrants;
import io.offloadlab.bench.run.MeasuringProgress;
import io.offloadlab.bench.run.Nodes;
import io.offloadlab.bench.run.Repeats;
import io.offloadlab.bench.run.RunKeeper;
import io.offloadlab.bench.run.RunProgress;
import io.offloadlab.bench.run.SimulatedResult;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.run.Unfinished;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.Engines;
import io.offloadlab.sim.ArrivalTrace;
import io.offloadlab.sim.RecordedArrivals;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.stream.ImagePool;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.ScenarioView;
import io.offloadlab.view.SystemViewFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A simulation from its options to its files. */
final class SimulationRun {
  private static final NodeSpec THIS_MACHINE = new NodeSpec(1, Long.MAX_VALUE);

  private final RunFrame frame;
  private final Wanted wanted;
  private final ModelOptions modelOptions;
  private final RunOptions runOptions;
  private final SimulationOptions options;
  private final Optional<Path> trace;

  /**
   * @param trace file of recorded arrivals; null for the scenario's
   */
  SimulationRun(
      CommandSpec spec,
      Wanted wanted,
      ModelOptions modelOptions,
      RunOptions runOptions,
      SimulationOptions options,
      Path trace) {
    this.frame = new RunFrame(spec, runOptions);
    this.wanted = wanted;
    this.modelOptions = modelOptions;
    this.runOptions = runOptions;
    this.options = options;
    this.trace = Optional.ofNullable(trace);
  }

  void run(Strategies known, List<Entry> entries) {
    known.checkOptions(runOptions.options);
    Subject subject = modelOptions.subject(wanted.draft(), frame::say);
    ModelGraph network = subject.network();
    Scenario scenario = wanted.draft().toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    Optional<RecordedArrivals> recorded =
        trace.map(file -> RecordedArrivals.read(file, scenario.edges()));
    int count = recorded.map(frame::tasks).orElseGet(() -> frame.tasks(scenario, subject));
    frame.repeats(
        entries.stream()
            .flatMap(e -> known.written(e.settings(runOptions.options)).stream())
            .toList());
    StrategyContext context =
        new StrategyContext(network, subject.profile().choosing(), scenario, runOptions.options);
    Optional<SystemView> given = wanted.viewIn(scenario, frame::say);
    try (Entrants entrants = known.create(entries, context)) {
      wanted.sayUnmeasured(entrants.components(), frame::say);
      ImagePool images = RunFrame.pool(subject.use(), subject.imageCount());
      RunFrame.checkBatch(
          scenario.batch(),
          subject.dataset(),
          images.count(),
          given.isPresent() ? List.of() : entrants.components());
      try (RunKeeper keeper = new RunKeeper(frame.folder())) {
        RunFolder folder = keeper.folder();
        SystemView view =
            given.orElseGet(() -> measured(subject.files().get(), entrants, scenario));
        Repeats repeats = new Repeats();
        Map<String, String> infeasible = new LinkedHashMap<>(entrants.infeasible().reasons());
        Optional<RuntimeException> failure = Optional.empty();
        long all = (long) entrants.list().size() * count * runOptions.repeat;
        try (RunProgress bar = new RunProgress(all, frame::say)) {
          for (int r = 1; r <= runOptions.repeat && failure.isEmpty(); r++) {
            Scenario own = scenario.withSeed(scenario.seed() + r - 1);
            TaskStream stream = new TaskStream(own, images, count);
            Iterable<Task> tasks =
                recorded.<Iterable<Task>>map(t -> new ArrivalTrace(t, stream)).orElse(stream);
            // The first one's are closed by those who made them.
            try (Entrants more =
                r == 1 ? new Entrants(List.of()) : known.create(entries, context.in(own))) {
              List<Entrant> who = r == 1 ? entrants.list() : more.list();
              failure =
                  repeat(
                      r,
                      who,
                      new Stream(own, view, tasks, count),
                      keeper.telling(r, bar),
                      repeats,
                      infeasible);
            }
          }
        }
        if (repeats.isEmpty() && failure.isPresent()) {
          throw failure.get();
        }
        List<StrategyResult> done = repeats.results();
        frame.print(
            subject, scenario, entries, infeasible, known.yardstick(entries), done, List.of());
        RunDescription description =
            frame.describe(subject, scenario, entries, infeasible, "none: simulated", count, view);
        SystemViewFile.write(
            folder.file("view.json"),
            new MeasuredView(view, Emulation.of(scenario)),
            description.started(),
            frame.machine());
        new RunReport(folder.path())
            .write(description, known.yardstick(entries), done, description.view(), List.of());
        frame.printReport(folder);
        if (failure.isPresent()) {
          keeper.passOn(failure.get(), frame::say);
        }
        frame.checkStrict(done, infeasible);
      }
    }
  }

  /**
   * What is simulated in one repeat.
   *
   * @param count length of the stream
   */
  private record Stream(Scenario scenario, SystemView view, Iterable<Task> tasks, int count) {}

  /** Runs one repeat; says why it ended early if it did. */
  private Optional<RuntimeException> repeat(
      int number,
      List<Entrant> entrants,
      Stream stream,
      Comparison.Progress progress,
      Repeats repeats,
      Map<String, String> infeasible) {
    List<StrategyResult> done = new ArrayList<>();
    Optional<RuntimeException> failure = Optional.empty();
    try {
      for (Entrant entrant : entrants) {
        Simulator simulator = new Simulator(stream.scenario(), stream.view(), options);
        try {
          done.add(
              SimulatedResult.of(
                      number,
                      entrant,
                      simulator,
                      stream.scenario(),
                      stream.tasks(),
                      stream.count(),
                      progress)
                  .result());
        } catch (Infeasible e) {
          infeasible.put(entrant.name(), e.getMessage());
          if (done.isEmpty() && entrant.equals(entrants.get(entrants.size() - 1))) {
            throw e;
          }
        }
      }
    } catch (Unfinished e) {
      done.addAll(e.done());
      failure = Optional.of(e);
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
    repeats.add(done);
    return failure;
  }

  /** This machine's, with the scenario's speeds and links. */
  private SystemView measured(ModelDirectory model, Entrants entrants, Scenario scenario) {
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
    try (Nodes nodes = Nodes.start(new Nodes.Place.ThisProcess(Engines.AUTO), alone, model.path());
        MeasuringProgress progress = new MeasuringProgress(frame::say)) {
      nodes
          .cloud()
          .measure(entrants.components(), entrants.chains(model), scenario.batch(), progress);
      return ScenarioView.of(scenario, nodes.cloud().view().node(NodeId.CLOUD), scenario.batch());
    }
  }
}
