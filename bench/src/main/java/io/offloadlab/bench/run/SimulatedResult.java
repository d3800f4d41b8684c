package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.DecisionTimes;
import io.offloadlab.bench.metric.Samples;
import io.offloadlab.bench.metric.StreamFold;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.referee.Referee;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.sim.SimulationReport;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one strategy did in virtual time.
 *
 * @param result over the whole stream, with a sample of its records
 */
public record SimulatedResult(StrategyResult result) {
  private static final int MOST_RECORDS = 2000;
  private static final int MOST_REMARKS = 3;

  /**
   * Simulates a strategy.
   *
   * @param repeat number of it, from 1
   * @param scenario the problem
   * @param tasks the stream
   * @param count its length
   * @throws RunFailure if no task comes to its end
   * @throws Unfinished if it fails or is stopped after some tasks
   */
  public static SimulatedResult of(
      int repeat,
      Entrant entrant,
      Simulator simulator,
      Scenario scenario,
      Iterable<Task> tasks,
      int count,
      Comparison.Progress progress) {
    StreamFold fold = StreamFold.sketching(entrant.strategy());
    Referee referee = new Referee(scenario, entrant.strategy());
    List<TaskRecord> some = new ArrayList<>();
    Sample sample = Sample.of(scenario.seed(), count, MOST_RECORDS);
    DecisionTimes decisions = new DecisionTimes();
    double[] end = {0};
    long start = System.nanoTime();
    SimulationReport report;
    try {
      report =
          simulator.run(
              tasks,
              Interposed.of(entrant.strategy(), new Timed(decisions)),
              r -> {
                progress.goOn();
                fold.accept(r);
                referee.accept(r);
                end[0] = end(scenario, end[0], r);
                if (sample.test(r.task().id())) {
                  some.add(r);
                  progress.kept(entrant, r);
                }
                progress.finished(entrant);
              });
    } catch (RuntimeException e) {
      if (some.isEmpty()) {
        throw e;
      }
      StreamSummary early =
          fold.summary(entrant.name(), scenario, end[0], 0, decisions).with(repeat, Samples.NONE);
      List<String> why = List.of(Unfinished.remark(entrant.name(), early.tasks(), count));
      throw new Unfinished(List.of(StrategyResult.single(early, some, why)), e);
    }
    double wall = (System.nanoTime() - start) / 1e9;
    if (report.finished() == 0 || some.isEmpty()) {
      throw new RunFailure(
          "no task of '%s' came to its end: give --queue more room or lower the rate"
              .formatted(entrant.name()));
    }
    List<String> all = entrant.strategy().remarks();
    List<String> remarks = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST_REMARKS)));
    if (all.size() > MOST_REMARKS) {
      // A fleet has as many remarks as edges, which say the same.
      remarks.add(String.format(Locale.ROOT, "and %d more like this", all.size() - MOST_REMARKS));
    }
    remarks.add(
        String.format(
            Locale.ROOT,
            "%s: %d tasks in %.1f s of virtual time, simulated in %.2f s%s",
            entrant.name(),
            report.finished(),
            report.seconds(),
            wall,
            sample.every() == 1
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; tasks.csv and the figures hold one of every %d in a row, drawn from the seed",
                    sample.every())));
    int turn = new Turns(scenario, count).simulatedSize();
    StreamSummary summary =
        fold.summary(entrant.name(), scenario, report.seconds(), 0, decisions)
            .with(repeat, Samples.of(repeat, some, turn));
    return new SimulatedResult(
        StrategyResult.single(summary.with(referee.ofSimulated(summary, report)), some, remarks));
  }

  /** When the stream is over, as far as it is known: tasks of a sequential one have no arrival. */
  private static double end(Scenario scenario, double before, TaskRecord r) {
    double seconds = r.latency().totalMs() / 1e3;
    return scenario.arrivals() instanceof Arrivals.Sequential s
        ? before + seconds / s.inFlight()
        : Math.max(before, r.task().arrivalSeconds() + seconds);
  }
}
