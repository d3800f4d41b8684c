package io.offloadlab.sim;

import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.stream.TaskStream;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs task streams in virtual time: every node is one processor with a first-come-first-served
 * queue, every link a wire per direction that sends one tensor after the other and changes as the
 * scenario says; strategies see it as it is. Neighbouring hops on one node hold its processor
 * together, as they do live.
 *
 * <p>Everything random is drawn from the scenario's seed. A simulator can be used again; each run
 * starts with an idle system.
 */
public final class Simulator {
  private final Scenario scenario;
  private final SystemView view;
  private final SimulationOptions options;
  private final Judge judge;

  /**
   * @param scenario the problem; links begin as the view has them
   * @param view what compute and transfer times come from
   * @param options what the simulation adds
   * @throws IllegalArgumentException if scenario and view differ in the number of edges
   */
  public Simulator(Scenario scenario, SystemView view, SimulationOptions options) {
    this(scenario, view, options, Judge.NOTHING_INFERRED);
  }

  /**
   * The same with exits that judge.
   *
   * @param judge what samples' exits say when they run as side branches
   */
  public Simulator(Scenario scenario, SystemView view, SimulationOptions options, Judge judge) {
    if (view.links().size() != scenario.edges()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the scenario has %d edges but the view has %d",
              scenario.edges(),
              view.links().size()));
    }
    this.scenario = scenario;
    this.view = view;
    this.options = options;
    this.judge = judge;
  }

  /**
   * Runs a stream to its end.
   *
   * @param tasks in order of arrival; read one ahead, never all at once. An {@link ArrivalTrace}'s
   *     times count in a sequential scenario too
   * @param strategy asked once per task, or at every boundary when it is adaptive
   * @param sink given every finished task, in order of their ends; predictions are empty, because
   *     nothing is inferred
   * @return how it went
   * @throws IllegalArgumentException if tasks are not in order of arrival
   */
  public SimulationReport run(
      Iterable<Task> tasks, OffloadStrategy strategy, Consumer<TaskRecord> sink) {
    int inFlight =
        scenario.arrivals() instanceof Arrivals.Sequential s && !(tasks instanceof ArrivalTrace)
            ? s.inFlight()
            : 0;
    SystemView complete = SimulatedView.complete(view, strategy.components());
    return new Simulation(
            complete,
            options,
            scenario,
            tasks.iterator(),
            inFlight,
            tasks instanceof TaskStream ? scenario.arrivals().tasksPerSecond() : Double.NaN,
            strategy,
            judge,
            sink)
        .run();
  }
}
