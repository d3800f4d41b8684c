package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.DecisionTimes;
import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.Samples;
import io.offloadlab.bench.metric.StreamFold;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.referee.Referee;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
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
 * <p>Entrants take {@link Turns}: each runs the same few tasks before any goes on. A machine whose
 * speed drifts during a run then slows all of them alike, and the ratios between them stay true. A
 * turn is over when its last task is done: of several in flight, and of a stream with arrival
 * times, which goes on in the next turn as if no time had passed. Links that change do so on the
 * clock of the stream whose turn it is.
 */
public final class Comparison {
  private static final int WARM_UP_TASKS = 10;
  private static final double MS_PER_S = 1e3;
  private static final double NANOS_PER_S = 1e9;

  /** How long the wait for a task that has not arrived yet goes on after the run is stopped. */
  private static final long MOST_NANOS_DEAF = 100_000_000;

  private final Scenario scenario;
  private final int repeat;
  private final TaskRunner runner;
  private final List<Task> tasks;
  private final Turns turns;
  private final Progress progress;
  private final Map<Entrant, Tally> tallies = new LinkedHashMap<>();
  private final InfeasibleEntries infeasible = new InfeasibleEntries();

  /** What one entrant has done so far. */
  private static final class Tally {
    private final List<TaskRecord> records = new ArrayList<>();
    private final DecisionTimes decisions = new DecisionTimes();
    private final Contender contender;
    private double planSeconds;

    /** Of its turns. */
    private double seconds;

    /** When its last turn did, on the clock of {@link System#nanoTime}; 0 before. */
    private long ended;

    Tally(OffloadStrategy strategy, TaskRunner runner) {
      contender = Contender.of(Interposed.of(strategy, new Timed(decisions)), runner);
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
   * @param repeat number of it, from 1
   * @param runner where tasks run
   * @param scenario the problem
   * @param tasks the stream, at least one
   * @param entrants in the order of the table
   * @param progress told of every finished task
   */
  public Comparison(
      int repeat,
      TaskRunner runner,
      Scenario scenario,
      List<Task> tasks,
      List<Entrant> entrants,
      Progress progress) {
    this.repeat = repeat;
    this.runner = runner;
    this.scenario = scenario;
    this.tasks = List.copyOf(tasks);
    this.turns = new Turns(scenario, tasks.size());
    this.progress = progress;
    entrants.forEach(e -> tallies.put(e, new Tally(e.strategy(), runner)));
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
      // Those that a stream before this one ended with are not those that this one begins with.
      runner.linksGoOn(0);
      runner.linksStop();
      plan();
      tallies.values().forEach(this::warmUp);
      runner.warm();
      runInTurns();
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
    tally.decisions.clear();
  }

  private void runInTurns() {
    int from = 0;
    for (List<Entrant> order : turns.orders(List.copyOf(tallies.keySet()))) {
      List<Task> turn = tasks.subList(from, Math.min(tasks.size(), from + turns.size()));
      for (Entrant entrant : order) {
        Tally tally = tallies.get(entrant);
        boolean sequential = scenario.arrivals() instanceof Arrivals.Sequential;
        runner.linksGoOn(sequential ? tally.seconds : turn.get(0).arrivalSeconds());
        long begin = System.nanoTime();
        if (scenario.arrivals() instanceof Arrivals.Sequential s) {
          run(entrant, tally, turn, s.inFlight());
        } else {
          runAsTheyArrive(entrant, tally, turn);
        }
        runner.linksStop();
        tally.seconds += (System.nanoTime() - begin) / NANOS_PER_S;
      }
      from += turns.size();
    }
  }

  /** Others have their turn when the last task of a turn is done. */
  private void run(Entrant entrant, Tally tally, List<Task> turn, int inFlight) {
    List<CompletableFuture<TaskRecord>> running = new ArrayList<>();
    Set<CompletableFuture<TaskRecord>> underWay = new LinkedHashSet<>();
    collecting(
        tally,
        running,
        () -> {
          for (Task task : turn) {
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

  /**
   * The turn begins with the arrival of its first task. What passed since the last one ended is no
   * time of the entrant's stream, and a strategy that keeps time is not shown it.
   */
  private void runAsTheyArrive(Entrant entrant, Tally tally, List<Task> turn) {
    long begin = System.nanoTime();
    double first = turn.get(0).arrivalSeconds();
    if (tally.ended != 0) {
      tally.contender.pausedFor(begin - tally.ended);
    }
    List<CompletableFuture<TaskRecord>> running = new ArrayList<>();
    collecting(
        tally,
        running,
        () -> {
          for (Task task : turn) {
            runner.stage(task);
            long arrival = begin + (long) ((task.arrivalSeconds() - first) * NANOS_PER_S);
            for (long now = System.nanoTime(); now < arrival; now = System.nanoTime()) {
              progress.goOn();
              LockSupport.parkNanos(Math.min(arrival - now, MOST_NANOS_DEAF));
            }
            CompletableFuture<TaskRecord> record = tally.contender.start(task, arrival);
            running.add(record.whenComplete((r, e) -> tell(entrant, r)));
          }
        });
    tally.ended = System.nanoTime();
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
        fold.summary(entrant.name(), scenario, seconds(tally), tally.planSeconds, tally.decisions)
            .with(repeat, Samples.of(repeat, tally.records, turns.size()));
    Referee referee = new Referee(scenario, entrant.strategy());
    tally.records.forEach(referee);
    List<Finding> findings = referee.ofLive(summary, tally.records, runner.view());
    return StrategyResult.single(summary.with(findings), tally.records, remarks);
  }

  /** In turns, an entrant's stream stands still while others have their turn. */
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
