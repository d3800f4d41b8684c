package io.offloadlab.sim;

import io.offloadlab.course.Course;
import io.offloadlab.course.Dialogue;
import io.offloadlab.course.Move;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.sim.SimulationOptions.ServiceTimes;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Signalling;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One run: the events and everything they change. */
final class Simulation {
  private LatencyModel model;

  /** As it was measured, on the links that the scenario begins with. */
  private final SystemView measured;

  /** The same with the links of now. */
  private SystemView view;

  private final Scenario scenario;
  private final SimulationOptions options;
  private final Iterator<Task> tasks;

  /** Whether a task arrives when another is done. */
  private final boolean sequential;

  /** Tasks that arrive at the beginning. */
  private final int together;

  /** Tasks per second that arrive in the long run; NaN where only the stream itself can tell. */
  private final double arrivalRate;

  private final OffloadStrategy strategy;
  private final Judge judge;
  private final Consumer<TaskRecord> sink;

  /** Null for a strategy that gives whole routes. */
  private final Dialogue dialogue;

  private final SimulatedConditions conditions;

  private final Processor[] processors;
  private final Wire[] up;
  private final Wire[] down;
  private final PriorityQueue<Flight> events = new PriorityQueue<>();
  private final SplittableRandom computing;
  private final Iterator<SimulationOptions.Job> others;

  private double now;
  private double firstArrival = Double.NaN;
  private double lastArrival;
  private long arrived;
  private double lastEnd;
  private long sequence;
  private long inFlight;
  private long finished;

  Simulation(
      SystemView measured,
      SimulationOptions options,
      Scenario scenario,
      Iterator<Task> tasks,
      int together,
      double arrivalRate,
      OffloadStrategy strategy,
      Judge judge,
      Consumer<TaskRecord> sink) {
    this.model = new LatencyModel(measured);
    this.measured = measured;
    this.view = measured;
    this.scenario = scenario;
    this.options = options;
    this.tasks = tasks;
    this.together = Math.max(1, together);
    this.sequential = together > 0;
    this.arrivalRate = arrivalRate;
    this.strategy = strategy;
    this.judge = judge;
    this.sink = sink;
    this.computing = new SplittableRandom(scenario.seed());
    this.others = options.cloudLoad().jobs(scenario.seed());
    processors =
        measured.nodeIds().stream()
            .map(n -> new Processor(n, options.queueCapacity()))
            .toArray(Processor[]::new);
    up =
        measured.links().stream()
            .map(l -> new Wire(l.upBytesPerSecond(), l.rttSeconds()))
            .toArray(Wire[]::new);
    down =
        measured.links().stream()
            .map(l -> new Wire(l.downBytesPerSecond(), l.rttSeconds()))
            .toArray(Wire[]::new);
    boolean predicted =
        strategy instanceof AdaptiveStrategy adaptive
            && adaptive.signalling() == Signalling.PREDICTED;
    conditions = new SimulatedConditions(view, model, processors, up, predicted);
    dialogue =
        strategy instanceof AdaptiveStrategy adaptive ? new Dialogue(adaptive, conditions) : null;
  }

  SimulationReport run() {
    changeLinks();
    for (int i = 0; i < together; i++) {
      nextTask();
    }
    if (inFlight > 0 && others.hasNext()) {
      nextOfOthers();
    }
    // Jobs of others go on for ever; the run ends with the last task.
    while (inFlight > 0) {
      Flight f = events.remove();
      now = f.due;
      switch (f.event) {
        case ARRIVES -> arrive(f);
        case REACHES_CLOUD -> {
          f.up += now - f.since;
          f.at = NodeId.CLOUD;
          travel(f);
        }
        case REACHES_EDGE -> {
          f.down += now - f.since;
          f.at = f.goal;
          travel(f);
        }
        case COMPUTED -> computed(f);
        case OTHERS_ARRIVE -> {
          nextOfOthers();
          enqueue(f);
        }
        case OTHERS_COMPUTED -> free(f.held);
        case LINKS_CHANGE -> changeLinks();
      }
    }
    return report();
  }

  /** Makes links what they are now, and comes again when they change. */
  private void changeLinks() {
    List<LinkChanges> changes = scenario.linkChanges();
    if (changes.isEmpty()) {
      return;
    }
    List<LinkSpec> specs = scenario.linksAt(now);
    List<SystemView.LinkView> links = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      SystemView.LinkView link =
          measured.links().get(i).emulated(scenario.links().get(i), specs.get(i));
      up[i].become(link.upBytesPerSecond(), link.rttSeconds());
      down[i].become(link.downBytesPerSecond(), link.rttSeconds());
      links.add(link);
    }
    view = measured.with(links);
    model = new LatencyModel(view);
    conditions.see(view, model);
    double next = LinkChanges.nextAfter(changes, now);
    if (next < Double.POSITIVE_INFINITY) {
      schedule(new Flight(null), next, Flight.Event.LINKS_CHANGE);
    }
  }

  private void schedule(Flight f, double due, Flight.Event event) {
    events.add(f.at(due, event, sequence++));
  }

  private void nextTask() {
    if (tasks.hasNext()) {
      Task task = tasks.next();
      double arrival = sequential ? now : task.arrivalSeconds();
      if (arrival < lastArrival) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "task %d arrives at %s s, before the task before it at %s s",
                task.id(),
                arrival,
                lastArrival));
      }
      if (arrived++ == 0) {
        firstArrival = arrival;
      }
      lastArrival = arrival;
      inFlight++;
      schedule(new Flight(new Course(task, arrival)), arrival, Flight.Event.ARRIVES);
    }
  }

  private void nextOfOthers() {
    SimulationOptions.Job next = others.next();
    Flight job = new Flight(null);
    job.at = NodeId.CLOUD;
    job.segmentSeconds = next.computeSeconds();
    schedule(job, next.arrivalSeconds(), Flight.Event.OTHERS_ARRIVE);
  }

  private void arrive(Flight f) {
    if (!sequential) {
      nextTask();
    }
    Task task = f.course.task();
    f.at = task.source();
    strategy.settle();
    follow(f, dialogue == null ? f.course.planned(strategy.route(task, view)) : ask(f));
  }

  private Move ask(Flight f) {
    NodeId from = f.at;
    Move move = dialogue.ask(f.course, now);
    conditions.decided(f.course, move, from, now);
    f.measured = false;
    return move;
  }

  private void follow(Flight f, Move move) {
    if (move instanceof Move.Run run) {
      compute(f, run.hops());
      return;
    }
    Processor held = f.held;
    f.held = null;
    f.goal = f.course.node();
    travel(f);
    // Only now, so that whoever is next sees the uplink as this tensor leaves it.
    if (held != null) {
      conditions.left(f.course, held.node, now);
      free(held);
    }
  }

  private void travel(Flight f) {
    if (!f.at.equals(f.goal)) {
      f.since = now;
      long bytes = f.course.tensor().bytes() * f.course.task().batch();
      if (f.at.isCloud()) {
        schedule(f, down[f.goal.index() - 1].send(now, bytes), Flight.Event.REACHES_EDGE);
      } else {
        schedule(f, up[f.at.index() - 1].send(now, bytes), Flight.Event.REACHES_CLOUD);
      }
    } else if (f.course.phase() == Course.Phase.RETURNING) {
      finish(f);
    } else {
      measure(f, f.course.here());
      enqueue(f);
    }
  }

  private void measure(Flight f, List<Hop> hops) {
    f.segmentSeconds = model.computeSeconds(hops, f.course.task().batch());
    f.measured = true;
  }

  private void enqueue(Flight f) {
    Processor p = processors[f.at.index()];
    f.since = now;
    if (p.offer(f)) {
      dispatch(p);
    } else if (f.course != null) {
      p.dropped++;
      f.course.fail(new RunFailure("the queue of %s was full".formatted(p.node)));
      conditions.over(f.course);
      ended();
    }
  }

  /** Whoever gets the processor may at once leave it to the next. */
  private void dispatch(Processor p) {
    if (p.dispatching) {
      return;
    }
    p.dispatching = true;
    for (Flight f = p.grant(); f != null; f = p.grant()) {
      f.held = p;
      if (f.course == null) {
        p.expectFreeAt(now + f.segmentSeconds);
        p.othersSeconds += f.segmentSeconds;
        schedule(f, now + f.segmentSeconds, Flight.Event.OTHERS_COMPUTED);
      } else {
        f.queue += now - f.since;
        follow(f, f.course.granted(now) instanceof Move.Run run ? run : askAtTurn(f));
      }
    }
    p.dispatching = false;
  }

  private Move askAtTurn(Flight f) {
    conditions.holds(f.course, now);
    return ask(f);
  }

  private void free(Processor p) {
    p.release();
    dispatch(p);
  }

  private void compute(Flight f, List<Hop> hops) {
    if (!f.measured) {
      measure(f, hops);
    }
    double seconds =
        options.serviceTimes() == ServiceTimes.EXPONENTIAL
            ? f.segmentSeconds * Draw.exponential(computing)
            : f.segmentSeconds;
    f.held.expectFreeAt(now + f.segmentSeconds);
    f.held.busySeconds += seconds;
    if (f.at.isCloud()) {
      f.cloud += seconds;
    } else {
      f.edge += seconds;
    }
    schedule(f, now + seconds, Flight.Event.COMPUTED);
  }

  private void computed(Flight f) {
    List<Hop> hops = f.course.here();
    Hop last = hops.get(hops.size() - 1);
    f.measured = false;
    Move move =
        last.sideBranch()
            ? f.course.ran(judge.entropies(f.course.task(), last.component()))
            : f.course.ran();
    follow(f, move instanceof Move.Ask ? ask(f) : move);
  }

  private void finish(Flight f) {
    finished++;
    f.course.finish();
    conditions.over(f.course);
    TaskRecord record =
        new TaskRecord(f.course.task(), f.course.route(), List.of(), List.of(), f.latency(now));
    if (dialogue != null) {
      dialogue.finished(record, now);
    }
    sink.accept(record);
    ended();
  }

  private void ended() {
    inFlight--;
    lastEnd = now;
    if (sequential) {
      nextTask();
    }
  }

  private SimulationReport report() {
    // Where the next task waits for the one before, no queue grows: what counts is the time taken.
    double perSecond = sequential ? arrived / lastEnd : arrivalsPerSecond();
    List<SimulationReport.NodeLoad> nodes = new ArrayList<>();
    long dropped = 0;
    for (Processor p : processors) {
      double own = (p.busySeconds + p.refusedSeconds) / arrived * perSecond;
      double others =
          !p.node.isCloud()
              ? 0
              : sequential ? p.othersSeconds / lastEnd : options.cloudLoad().utilisation();
      nodes.add(new SimulationReport.NodeLoad(p.node, own + others, p.dropped));
      dropped += p.dropped;
    }
    List<SimulationReport.LinkLoad> links = new ArrayList<>();
    for (int i = 0; i < up.length; i++) {
      links.add(
          new SimulationReport.LinkLoad(
              NodeId.edge(i + 1),
              up[i].busySeconds / arrived * perSecond,
              down[i].busySeconds / arrived * perSecond));
    }
    return new SimulationReport(
        finished,
        dropped,
        lastEnd,
        !sequential,
        nodes,
        links,
        conditions.questions(),
        conditions.wrong());
  }

  /** A sample's gaps where the process is not known; a burst has no rate. */
  private double arrivalsPerSecond() {
    if (!Double.isNaN(arrivalRate)) {
      return arrivalRate;
    }
    return lastArrival > firstArrival ? (arrived - 1) / (lastArrival - firstArrival) : Double.NaN;
  }
}
