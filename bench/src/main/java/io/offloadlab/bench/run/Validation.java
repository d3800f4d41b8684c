package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs a live run's stream twice more in virtual time: with the times that were known before it,
 * and with those that its tasks experienced. Decisions are made from the view that the live run
 * had.
 */
public final class Validation {
  private final Scenario scenario;
  private final List<Task> tasks;
  private final SystemView view;
  private final SystemView experienced;

  /**
   * @param scenario the problem
   * @param tasks the stream
   * @param view that the live run decided from
   * @param experienced the same with the times of its tasks
   */
  public Validation(Scenario scenario, List<Task> tasks, SystemView view, SystemView experienced) {
    this.scenario = scenario;
    this.tasks = tasks;
    this.view = view;
    this.experienced = experienced;
  }

  /**
   * Simulates what ran.
   *
   * @param live what the live run came to
   * @param entrants makes the same strategies anew, so that they have learned nothing yet
   * @return a row per entrant
   */
  public List<ValidationRow> of(List<StreamSummary> live, Supplier<Entrants> entrants) {
    List<StreamSummary> predicted = simulated(entrants, view);
    List<StreamSummary> explained = simulated(entrants, experienced);
    List<ValidationRow> rows = new ArrayList<>();
    for (int i = 0; i < live.size(); i++) {
      rows.add(ValidationRow.of(live.get(i), predicted.get(i), explained.get(i)));
    }
    return rows;
  }

  private List<StreamSummary> simulated(Supplier<Entrants> made, SystemView times) {
    Simulator simulator = new Simulator(scenario, times, SimulationOptions.DEFAULT);
    try (Entrants entrants = made.get()) {
      return entrants.list().stream()
          .map(e -> new Entrant(e.name(), Interposed.of(e.strategy(), new FixedView(view))))
          .map(e -> SimulatedResult.of(1, e, simulator, scenario, tasks, tasks.size(), done -> {}))
          .map(r -> r.result().summary())
          .toList();
    }
  }
}
