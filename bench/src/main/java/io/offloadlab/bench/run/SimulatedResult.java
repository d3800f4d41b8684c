package io.offloadlab.bench.run;

import io.offloadlab.bench.report.AccuracySource;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.report.SummaryRow;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.sim.SimulationReport;
import io.offloadlab.sim.Simulator;
import io.offloadlab.sim.StreamStatistics;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one strategy did in virtual time: statistics over the whole stream, and some of its records.
 *
 * @param result with every n-th record
 * @param statistics over all of them
 * @param warnings what went wrong with the load, one line each
 */
public record SimulatedResult(
    StrategyResult result, StreamStatistics statistics, List<String> warnings) {
  private static final int MOST_RECORDS = 2000;
  private static final int MOST_REMARKS = 3;

  /** Copies the list. */
  public SimulatedResult {
    warnings = List.copyOf(warnings);
  }

  /**
   * Simulates a strategy.
   *
   * @param tasks the stream
   * @param count its length
   * @throws RunFailure if no task comes to its end
   */
  public static SimulatedResult of(
      Entrant entrant,
      Simulator simulator,
      Iterable<Task> tasks,
      int count,
      Comparison.Progress progress) {
    StreamStatistics statistics = new StreamStatistics(entrant.strategy());
    List<TaskRecord> some = new ArrayList<>();
    int every = Math.max(1, count / MOST_RECORDS);
    long start = System.nanoTime();
    SimulationReport report =
        simulator.run(
            tasks,
            entrant.strategy(),
            r -> {
              statistics.accept(r);
              progress.finished(entrant);
              if (r.task().id() % every == 0) {
                some.add(r);
              }
            });
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
      remarks.add("and %d more like this".formatted(all.size() - MOST_REMARKS));
    }
    remarks.add(
        String.format(
            Locale.ROOT,
            "%s: %d tasks in %.1f s of virtual time, simulated in %.2f s; tasks.csv and the chart along the stream hold every %d. task",
            entrant.name(),
            report.finished(),
            report.seconds(),
            wall,
            every));
    StrategyResult result =
        new StrategyResult(
            entrant.name(),
            some,
            statistics.expectedAccuracy(),
            AccuracySource.PROFILE,
            statistics.expectedAccuracy(),
            0,
            remarks);
    return new SimulatedResult(result, statistics, report.warnings());
  }

  /** Its line of the table. */
  public SummaryRow row(Scenario scenario) {
    Latency mean = statistics.mean();
    return new SummaryRow(
        result.strategy(),
        scenario.batch(),
        scenario.accuracyThreshold(),
        (int) statistics.tasks(),
        statistics.expectedAccuracy(),
        AccuracySource.PROFILE,
        mean.totalMs(),
        statistics.latencyMs(0.5),
        statistics.latencyMs(0.95),
        statistics.latencyMs(0.99),
        mean.edgeMs(),
        mean.cloudMs(),
        mean.uplinkMs(),
        mean.downlinkMs(),
        mean.queueMs(),
        statistics.mflops(),
        statistics.sizeMib());
  }
}
