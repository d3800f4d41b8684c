package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.run.Comparison;
import io.offloadlab.bench.run.Entrant;
import io.offloadlab.bench.run.Entrants;
import io.offloadlab.bench.run.RunStopped;
import io.offloadlab.bench.run.SimulatedResult;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.sweep.Cell;
import io.offloadlab.bench.sweep.CellFunction;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.scenario.LinkText;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.stream.ImagePool;
import io.offloadlab.stream.TaskStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cells in virtual time.
 *
 * @param known all strategies
 * @param entries that cells name, by name
 * @param network of the model
 * @param profile what strategies choose by
 * @param images that streams are drawn from
 * @param use which images chose and which report
 * @param base the scenario that cells differ from
 * @param views by batch that they were measured with
 * @param options of strategies
 * @param simulation what the simulator is asked for
 * @param tasks of every stream; null for as many as {@code simulate} takes
 * @param stop ends cells that are under way
 */
record SimulatedCells(
    Strategies known,
    Map<String, Entry> entries,
    ModelGraph network,
    ModelProfile profile,
    ImagePool images,
    ImageUse use,
    ScenarioDraft base,
    Map<Integer, Wanted.Given> views,
    Map<String, String> options,
    SimulationOptions simulation,
    Integer tasks,
    StopSignal stop)
    implements CellFunction {

  /** A cell's problem and the view that it is decided from. */
  private record Problem(Scenario scenario, SystemView view) {}

  @Override
  public Map<String, Object> apply(Cell cell) {
    Problem problem = problem(cell);
    Scenario scenario = problem.scenario();
    int count = tasks != null ? tasks : RunFrame.usualTasks(scenario.batch());
    TaskStream stream = new TaskStream(scenario, images, count);
    try (Entrants entrants = create(cell, scenario)) {
      Simulator simulator = new Simulator(scenario, problem.view(), simulation);
      Map<String, Object> values =
          SimulatedResult.of(
                  1,
                  entrants.list().get(0),
                  simulator,
                  scenario,
                  stream,
                  count,
                  new UntilStopped(stop))
              .result()
              .summary()
              .filed(use);
      Map<String, Object> known = own(scenario);
      values.forEach((key, v) -> known.put(key, v instanceof Double d && d.isNaN() ? null : v));
      return known;
    }
  }

  /** What a cell that names none of it takes from the scenario. */
  private static Map<String, Object> own(Scenario scenario) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("edges", scenario.edges());
    own.put("seed", scenario.seed());
    own.put(
        "link",
        scenario.links().stream().distinct().map(LinkText::write).collect(Collectors.joining(" ")));
    own.put(
        "edge_speed",
        scenario.nodes().stream()
            .skip(1)
            .map(n -> Double.toString(n.speedFactor()))
            .distinct()
            .collect(Collectors.joining(" ")));
    return own;
  }

  /**
   * Why a cell cannot be run, found out without running it.
   *
   * @return empty where nothing stands against it
   */
  Optional<String> obstacle(Cell cell) {
    try {
      Scenario scenario = problem(cell).scenario();
      RunFrame.checkBatch(scenario.batch(), "the data set", images.count(), List.of());
      create(cell, scenario).close();
      return Optional.empty();
    } catch (UsageError | RunFailure e) {
      return Optional.of(e.getMessage());
    }
  }

  private Entrants create(Cell cell, Scenario scenario) {
    Entrants entrants =
        known.create(
            List.of(entries.get(cell.strategy())),
            new StrategyContext(network, profile, scenario, options));
    if (entrants.list().isEmpty()) {
      throw new RunFailure(entrants.infeasible().reasons().get(cell.strategy()));
    }
    return entrants;
  }

  private Problem problem(Cell cell) {
    ScenarioDraft over = draft(cell);
    Wanted.Given view = view(over);
    boolean asked = view.asked() || cell.link() != null || cell.edgeSpeed() != null;
    Wanted wanted =
        Wanted.of(base, over, Optional.of(new Wanted.Given(view.file(), view.measured(), asked)));
    Scenario scenario = wanted.draft().toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    return new Problem(scenario, wanted.viewIn(scenario, line -> {}).orElseThrow());
  }

  /**
   * The file that a cell is decided from: the one that was measured with its batch.
   *
   * @throws UsageError if there is none
   */
  Path viewFile(Cell cell) {
    return view(draft(cell)).file();
  }

  private Wanted.Given view(ScenarioDraft over) {
    int batch = base.overriddenBy(over).toScenario(1).batch();
    Wanted.Given view = views.get(batch);
    if (view == null) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "no view was measured with batch %d, but with %s: give one with --view",
              batch,
              views.keySet().stream().sorted().toList()));
    }
    return view;
  }

  private static ScenarioDraft draft(Cell c) {
    return new ScenarioDraft(
        null,
        null,
        null,
        c.edges(),
        c.link() == null ? null : List.of(c.link()),
        null,
        new ScenarioDraft.Speed(null, c.edgeSpeed() == null ? null : List.of(c.edgeSpeed())),
        null,
        null,
        c.batch(),
        c.accuracy(),
        c.seed());
  }

  private record UntilStopped(StopSignal stop) implements Comparison.Progress {
    @Override
    public void finished(Entrant entrant) {}

    @Override
    public void kept(Entrant entrant, TaskRecord record) {}

    @Override
    public void goOn() {
      if (stop.requested()) {
        throw new RunStopped();
      }
    }
  }
}
