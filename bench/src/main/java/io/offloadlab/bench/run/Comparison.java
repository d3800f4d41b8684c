package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.StreamFold;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.referee.Referee;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Broadcasts one task stream to every entrant.
 *
 * <p>Sequential streams go in rounds: every entrant runs the same few tasks before any goes on, and
 * who begins changes from round to round. A machine whose speed drifts during a run then slows all
 * of them alike, and the ratios between them stay true. With several tasks in flight a round is
 * over when its last task is done. Streams with arrival times of their own run whole, one entrant
 * after the other.
 */
public final class Comparison {
  private static final int TASKS_PER_ROUND = 25;

  /** At the ends of a round fewer tasks are under way than were asked for. */
  private static final int FILLS_PER_ROUND = 10;

  private static final int WARM_UP_TASKS = 10;
  private static final double MS_PER_S = 1e3;
  private static final double NANOS_PER_S = 1e9;

  /** How long the wait for a task that has not arrived yet goes on after the run is stopped. */
  private static final long MOST_NANOS_DEAF = 100_000_000;

  private final Scenario scenario;
  private final TaskRunner runner;
  private final List<Task> tasks;
  private final Progress progress;
  private final Map<Entrant, Tally> tallies = new LinkedHashMap<>();
  private final InfeasibleEntries infeasible = new InfeasibleEntries();

  /** What one entrant has done so far. */
  private static final class Tally {
    private final List<TaskRecord> records = new ArrayList<>();
    private final Contender contender;
    private double planSeconds;

    /** Of its rounds. */
    private double seconds;

    Tally(Contender contender) {
      this.contender = contender;
    }
  }

  /** Told of every finished task. */
  @FunctionalInterface
  public interface Progress {
    /** One more task of an entrant is done. */
    void finished(Entrant entrant);

    /** The record of a finished task, where it is kept. */
    default void kept(Entrant entrant, TaskRecord record) {}

    /**
     * Asked before every task.
     *
     * @throws RunStopped if the run is to end
     */
    default void goOn() {}
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
   * @throws RunFailure if a strategy finds no route or a node is lost, before the first task
   * @throws Unfinished if that happens later, or the run is stopped
   */
  public List<StrategyResult> run() {
    try {
      plan();
      tallies.values().forEach(this::warmUp);
      runner.warm();
      if (scenario.arrivals() instanceof Arrivals.Sequential s) {
        runInRounds(s.inFlight());
      } else {
        tallies.forEach(this::runAsTheyArrive);
      }
    } catch (RuntimeException e) {
      Closing.after(e, contenders());
      List<StrategyResult> done = results();
      throw done.isEmpty() ? e : new Unfinished(done, e);
    }
    Closing.all(contenders());
    return results();
  }

  private List<StrategyResult> results() {
    return tallies.entrySet().stream()
        .filter(e -> !e.getValue().records.isEmpty())
        .map(e -> result(e.getKey(), e.getValue()))
        .toList();
  }

  private List<Contender> contenders() {
    return tallies.values().stream().map(t -> t.contender).toList();
  }

  /** Those of whom only the view shows that they cannot take part are left out. */
  private void plan() {
    int all = tallies.size();
    for (Entrant entrant : List.copyOf(tallies.keySet())) {
      try {
        plan(tallies.get(entrant));
      } catch (Infeasible e) {
        infeasible.add(entrant.name(), e);
        tallies.remove(entrant).contender.close();
      }
    }
    infeasible.throwIfAll(all);
  }

  /** Those of whom it turned out while they planned. */
  public InfeasibleEntries infeasible() {
    return infeasible;
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

  private void runInRounds(int inFlight) {
    List<Entrant> order = new ArrayList<>(tallies.keySet());
    int size = Math.max(TASKS_PER_ROUND, inFlight > 1 ? FILLS_PER_ROUND * inFlight : 1);
    for (int from = 0; from < tasks.size(); from += size) {
      List<Task> round = tasks.subList(from, Math.min(tasks.size(), from + size));
      for (Entrant entrant : order) {
        Tally tally = tallies.get(entrant);
        long begin = System.nanoTime();
        run(entrant, tally, round, inFlight);
        tally.seconds += (System.nanoTime() - begin) / NANOS_PER_S;
      }
      Collections.rotate(order, -1);
    }
  }

  /** Others have their turn when the last task of a round is done. */
  private void run(Entrant entrant, Tally tally, List<Task> round, int inFlight) {
    List<CompletableFuture<TaskRecord>> running = new ArrayList<>();
    Set<CompletableFuture<TaskRecord>> underWay = new LinkedHashSet<>();
    collecting(
        tally,
        running,
        () -> {
          for (Task task : round) {
            progress.goOn();
            runner.stage(task);
            CompletableFuture<TaskRecord> record = tally.contender.start(task, System.nanoTime());
            CompletableFuture<TaskRecord> told = record.whenComplete((r, e) -> tell(entrant, r));
            running.add(told);
            underWay.add(told);
            while (underWay.size() >= inFlight) {
              // One that fails shows when it is collected.
              var unused =
                  CompletableFuture.anyOf(underWay.toArray(CompletableFuture[]::new))
                      .handle((r, e) -> null)
                      .join();
              underWay.removeIf(CompletableFuture::isDone);
            }
            if (told.isCompletedExceptionally()) {
              Contender.await(told);
            }
          }
        });
  }

  /**
   * Adds what was started to an entrant's records, in order; when something fails, what is done by
   * then.
   */
  private void collecting(
      Tally tally, List<CompletableFuture<TaskRecord>> running, Runnable starting) {
    int before = tally.records.size();
    try {
      starting.run();
      for (CompletableFuture<TaskRecord> record : running) {
        progress.goOn();
        tally.records.add(Contender.await(record));
      }
    } catch (RuntimeException e) {
      running.stream()
          .skip(tally.records.size() - before)
          .filter(r -> r.isDone() && !r.isCompletedExceptionally())
          .forEach(r -> tally.records.add(r.join()));
      throw e;
    }
  }

  private void runAsTheyArrive(Entrant entrant, Tally tally) {
    long begin = System.nanoTime();
    List<CompletableFuture<TaskRecord>> running = new ArrayList<>();
    collecting(
        tally,
        running,
        () -> {
          for (Task task : tasks) {
            runner.stage(task);
            long arrival = begin + (long) (task.arrivalSeconds() * NANOS_PER_S);
            for (long now = System.nanoTime(); now < arrival; now = System.nanoTime()) {
              progress.goOn();
              LockSupport.parkNanos(Math.min(arrival - now, MOST_NANOS_DEAF));
            }
            CompletableFuture<TaskRecord> record = tally.contender.start(task, arrival);
            running.add(record.whenComplete((r, e) -> tell(entrant, r)));
          }
        });
  }

  private void tell(Entrant entrant, TaskRecord record) {
    if (record != null) {
      progress.kept(entrant, record);
    }
    progress.finished(entrant);
  }

  private StrategyResult result(Entrant entrant, Tally tally) {
    StreamFold fold = StreamFold.exact(entrant.strategy());
    tally.records.forEach(fold);
    List<String> remarks = new ArrayList<>(entrant.strategy().remarks());
    if (tally.records.size() < tasks.size()) {
      remarks.add(Unfinished.remark(entrant.name(), tally.records.size(), tasks.size()));
    }
    StreamSummary summary =
        fold.summary(entrant.name(), scenario, seconds(tally), tally.planSeconds);
    Referee referee = new Referee(scenario, entrant.strategy());
    tally.records.forEach(referee);
    List<Finding> findings = referee.ofLive(summary, tally.records, runner.view());
    return new StrategyResult(summary.with(findings), tally.records, remarks);
  }

  /** In rounds, an entrant's stream stands still while others have their turn. */
  private double seconds(Tally tally) {
    List<TaskRecord> records = tally.records;
    if (scenario.arrivals() instanceof Arrivals.Sequential s && s.inFlight() > 1) {
      return tally.seconds;
    }
    return scenario.arrivals() instanceof Arrivals.Sequential
        ? records.stream().mapToDouble(r -> r.latency().totalMs() / MS_PER_S).sum()
        : records.stream()
            .mapToDouble(r -> r.task().arrivalSeconds() + r.latency().totalMs() / MS_PER_S)
            .max()
            .orElseThrow();
  }
}
