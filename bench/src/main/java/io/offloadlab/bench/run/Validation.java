package io.offloadlab.bench.run;

import io.offloadlab.bench.report.SummaryRow;
import io.offloadlab.bench.report.ValidationRow;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.List;

/** Runs a live run's stream once more in virtual time. */
public final class Validation {
  private Validation() {}

  /**
   * Simulates what ran.
   *
   * @param live rows of the live run
   * @param entrants the same strategies, made anew so that they have learned nothing yet
   * @param tasks the stream
   * @param view that was measured before it ran
   * @return a row per entrant
   */
  public static List<ValidationRow> of(
      List<SummaryRow> live,
      List<Entrant> entrants,
      Scenario scenario,
      List<Task> tasks,
      SystemView view) {
    List<ValidationRow> rows = new ArrayList<>();
    for (int i = 0; i < entrants.size(); i++) {
      SimulatedResult simulated =
          SimulatedResult.of(
              entrants.get(i),
              new Simulator(scenario, view, SimulationOptions.DEFAULT),
              tasks,
              tasks.size(),
              e -> {});
      rows.add(ValidationRow.of(live.get(i), simulated.row(scenario)));
    }
    return rows;
  }
}
