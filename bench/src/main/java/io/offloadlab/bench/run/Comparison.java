package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.StreamFold;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Broadcasts one task stream to every entrant.
 *
 * <p>Sequential streams go in rounds: every entrant runs the same few tasks before any goes on, and
 * who begins changes from round to round. A machine whose speed drifts during a run then slows all
 * of them alike, and the ratios between them stay true. Streams with arrival times of their own run
 * whole, one entrant after the other.
 */
public final class Comparison {
  private static final int TASKS_PER_ROUND = 25;
  private static final int WARM_UP_TASKS = 10;
  private static final double MS_PER_S = 1e3;

  private final Scenario scenario;
  private final TaskRunner runner;
  private final List<Task> tasks;
  private final Progress progress;
  private final Map<Entrant, Tally> tallies = new LinkedHashMap<>();

  /** What one entrant has done so far. */
  private static final class Tally {
    private final List<TaskRecord> records = new ArrayList<>();
    private final Contender contender;
    private double planSeconds;

    Tally(Contender contender) {
      this.contender = contender;
    }
  }

  /** Told of every finished task. */
  @FunctionalInterface
  public interface Progress {
    /** One more task of an entrant is done. */
    void finished(Entrant entrant);
  }

  /**
   * @param runner where tasks run
   * @param scenario the problem
   * @param tasks the stream, at least one
   * @param entrants in the order of the table
   * @param progress told of every finished task
   */
  public Comparison(
      TaskRunner runner,
      Scenario scenario,
      List<Task> tasks,
      List<Entrant> entrants,
      Progress progress) {
    this.runner = runner;
    this.scenario = scenario;
    this.tasks = List.copyOf(tasks);
    this.progress = progress;
    entrants.forEach(e -> tallies.put(e, new Tally(Contender.of(e.strategy(), runner))));
  }

  /**
   * Runs everything.
   *
   * @return a result per entrant, in their order
   * @throws RunFailure if a strategy finds no route or a node is lost
   */
  public List<StrategyResult> run() {
    try {
      tallies.values().forEach(this::plan);
      tallies.values().forEach(this::warmUp);
      runner.warm();
      if (scenario.arrivals() instanceof Arrivals.Sequential) {
        runInRounds();
      } else {
        tallies.forEach(this::runAsTheyArrive);
      }
    } catch (RuntimeException e) {
      Closing.after(e, contenders());
      throw e;
    }
    Closing.all(contenders());
    return tallies.entrySet().stream().map(e -> result(e.getKey(), e.getValue())).toList();
  }

  private List<Contender> contenders() {
    return tallies.values().stream().map(t -> t.contender).toList();
  }

  /** The first decision may take long (a planner, an agent's training): it is timed apart. */
  private void plan(Tally tally) {
    tally.planSeconds =
        tally.contender.plan(tasks.subList(0, Math.min(tasks.size(), scenario.edges())));
  }

  private void warmUp(Tally tally) {
    for (int i = 0; i < WARM_UP_TASKS; i++) {
      Task task = tasks.get(i % Math.min(tasks.size(), scenario.edges()));
      Contender.await(tally.contender.warmUp(task, i));
    }
  }

  private void runInRounds() {
    List<Entrant> order = new ArrayList<>(tallies.keySet());
    for (int from = 0; from < tasks.size(); from += TASKS_PER_ROUND) {
      List<Task> round = tasks.subList(from, Math.min(tasks.size(), from + TASKS_PER_ROUND));
      for (Entrant entrant : order) {
        Tally tally = tallies.get(entrant);
        for (Task task : round) {
          runner.stage(task);
          tally.records.add(Contender.await(tally.contender.start(task, System.nanoTime())));
          progress.finished(entrant);
        }
      }
      Collections.rotate(order, -1);
    }
  }

  private void runAsTheyArrive(Entrant entrant, Tally tally) {
    long begin = System.nanoTime();
    List<CompletableFuture<TaskRecord>> running = new ArrayList<>();
    for (Task task : tasks) {
      runner.stage(task);
      long arrival = begin + (long) (task.arrivalSeconds() * 1e9);
      for (long now = System.nanoTime(); now < arrival; now = System.nanoTime()) {
        LockSupport.parkNanos(arrival - now);
      }
      CompletableFuture<TaskRecord> record = tally.contender.start(task, arrival);
      running.add(record.whenComplete((r, e) -> progress.finished(entrant)));
    }
    running.forEach(r -> tally.records.add(Contender.await(r)));
  }

  private StrategyResult result(Entrant entrant, Tally tally) {
    StreamFold fold = StreamFold.exact(entrant.strategy());
    tally.records.forEach(fold);
    return new StrategyResult(
        fold.summary(entrant.name(), scenario, seconds(tally.records), tally.planSeconds),
        tally.records,
        entrant.strategy().remarks());
  }

  /** In rounds, an entrant's stream stands still while others have their turn. */
  private double seconds(List<TaskRecord> records) {
    return scenario.arrivals() instanceof Arrivals.Sequential
        ? records.stream().mapToDouble(r -> r.latency().totalMs() / MS_PER_S).sum()
        : records.stream()
            .mapToDouble(r -> r.task().arrivalSeconds() + r.latency().totalMs() / MS_PER_S)
            .max()
            .orElseThrow();
  }
}
