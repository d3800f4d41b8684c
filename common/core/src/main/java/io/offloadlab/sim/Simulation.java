package io.offloadlab.sim;

import io.offloadlab.graph.Shape;
import io.offloadlab.sim.SimulationOptions.ServiceTimes;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One run: the events and everything they change. */
final class Simulation {
  private final LatencyModel model;
  private final SimulatedView view;
  private final SimulationOptions options;
  private final Iterator<Task> tasks;
  private final boolean sequential;
  private final OffloadStrategy strategy;
  private final Consumer<TaskRecord> sink;

  private final Processor[] processors;
  private final Wire[] up;
  private final Wire[] down;
  private final PriorityQueue<Flight> events = new PriorityQueue<>();
  private final SplittableRandom computing;
  private final Iterator<SimulationOptions.Job> others;

  private double now;
  private double lastArrival;
  private double lastEnd;
  private long sequence;
  private long inFlight;
  private long finished;

  Simulation(
      SystemView measured,
      SimulationOptions options,
      long seed,
      Iterator<Task> tasks,
      boolean sequential,
      OffloadStrategy strategy,
      Consumer<TaskRecord> sink) {
    this.model = new LatencyModel(measured);
    this.view = new SimulatedView(measured);
    this.options = options;
    this.tasks = tasks;
    this.sequential = sequential;
    this.strategy = strategy;
    this.sink = sink;
    this.computing = new SplittableRandom(seed);
    this.others = options.cloudLoad().jobs(seed);
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
  }

  SimulationReport run() {
    nextTask();
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
      }
    }
    return report();
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
            "task %d arrives at %s s, before the task before it at %s s"
                .formatted(task.id(), arrival, lastArrival));
      }
      lastArrival = arrival;
      inFlight++;
      schedule(new Flight(task, arrival), arrival, Flight.Event.ARRIVES);
    }
  }

  private void nextOfOthers() {
    SimulationOptions.Job next = others.next();
    Flight job = new Flight(null, next.arrivalSeconds());
    job.at = NodeId.CLOUD;
    job.segmentSeconds = next.computeSeconds();
    schedule(job, next.arrivalSeconds(), Flight.Event.OTHERS_ARRIVE);
  }

  private void arrive(Flight f) {
    if (!sequential) {
      nextTask();
    }
    f.at = f.task.source();
    if (strategy instanceof AdaptiveStrategy adaptive) {
      ask(f, adaptive);
    } else {
      f.hops = strategy.route(f.task, view.newest()).hops();
    }
    proceed(f);
  }

  private void ask(Flight f, AdaptiveStrategy adaptive) {
    NodeId device = f.task.device();
    TaskProgress progress =
        new TaskProgress(
            f.task,
            f.done(),
            f.held != null,
            now,
            f.arrived,
            f.started,
            processors[device.index()].waiting(),
            up[device.index() - 1].backlogSeconds(now),
            processors[0].backlogSeconds(now));
    List<Hop> hops = new ArrayList<>(f.done());
    Step step = adaptive.next(progress, view.newest());
    if (step instanceof Step.Compute compute) {
      hops.add(compute.hop());
    } else if (step instanceof Step.Finish finish) {
      hops.addAll(finish.hops());
    }
    f.open = step instanceof Step.Compute;
    f.hops = hops;
    f.segmentHops = 0;
  }

  /** The tensor is at a node and it is known where the next hop is. */
  private void proceed(Flight f) {
    if (f.hops.isEmpty()) {
      throw new IllegalStateException(
          "a strategy finished task %d before any component ran".formatted(f.task.id()));
    }
    boolean over = f.next == f.hops.size();
    NodeId goal = over ? f.task.source() : f.hops.get(f.next).node();
    if (!over && f.held != null && goal.equals(f.at)) {
      compute(f);
      return;
    }
    Processor held = f.held;
    f.held = null;
    f.goal = goal;
    travel(f);
    // Only now, so that whoever is next sees the uplink as this tensor leaves it.
    if (held != null) {
      free(held);
    }
  }

  private void travel(Flight f) {
    if (!f.at.equals(f.goal)) {
      f.since = now;
      if (f.at.isCloud()) {
        schedule(f, down[f.goal.index() - 1].send(now, bytes(f)), Flight.Event.REACHES_EDGE);
      } else {
        schedule(f, up[f.at.index() - 1].send(now, bytes(f)), Flight.Event.REACHES_CLOUD);
      }
    } else if (f.next == f.hops.size()) {
      finish(f);
    } else {
      measureSegment(f);
      enqueue(f);
    }
  }

  private static long bytes(Flight f) {
    Shape tensor =
        f.next == 0
            ? f.hops.get(0).component().input()
            : f.hops.get(f.next - 1).component().output();
    return tensor.bytes() * f.task.batch();
  }

  private void measureSegment(Flight f) {
    int hops = 0;
    double seconds = 0;
    for (int i = f.next; i < f.hops.size() && f.hops.get(i).node().equals(f.at); i++) {
      seconds += model.computeSeconds(f.hops.get(i), f.task.batch());
      hops++;
    }
    f.segmentHops = hops;
    f.segmentSeconds = seconds;
  }

  private void enqueue(Flight f) {
    Processor p = processors[f.at.index()];
    f.since = now;
    if (p.offer(f)) {
      dispatch(p);
    } else if (f.task != null) {
      p.dropped++;
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
      if (f.task == null) {
        p.expectFreeAt(now + f.segmentSeconds);
        schedule(f, now + f.segmentSeconds, Flight.Event.OTHERS_COMPUTED);
      } else {
        f.queue += now - f.since;
        f.started = Double.isNaN(f.started) ? now : f.started;
        if (f.open) {
          f.hops = f.done();
          ask(f, (AdaptiveStrategy) strategy);
        }
        proceed(f);
      }
    }
    p.dispatching = false;
    view.queueLength(p.node, p.waiting());
  }

  private void free(Processor p) {
    p.release();
    dispatch(p);
  }

  private void compute(Flight f) {
    if (f.segmentHops == 0) {
      measureSegment(f);
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
    f.next += f.segmentHops;
    f.segmentHops = 0;
    if (f.open) {
      ask(f, (AdaptiveStrategy) strategy);
    }
    proceed(f);
  }

  private void finish(Flight f) {
    finished++;
    TaskRecord record =
        new TaskRecord(f.task, new Route(f.hops), List.of(), List.of(), f.latency(now));
    if (strategy instanceof AdaptiveStrategy adaptive) {
      adaptive.finished(record, now);
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
    double span = sequential || lastArrival == 0 ? lastEnd : lastArrival;
    List<SimulationReport.NodeLoad> nodes = new ArrayList<>();
    long dropped = 0;
    for (Processor p : processors) {
      double others = p.node.isCloud() ? options.cloudLoad().utilisation() : 0;
      nodes.add(
          new SimulationReport.NodeLoad(
              p.node, (p.busySeconds + p.refusedSeconds) / span + others, p.dropped));
      dropped += p.dropped;
    }
    List<SimulationReport.LinkLoad> links = new ArrayList<>();
    for (int i = 0; i < up.length; i++) {
      links.add(
          new SimulationReport.LinkLoad(
              NodeId.edge(i + 1), up[i].busySeconds / span, down[i].busySeconds / span));
    }
    return new SimulationReport(finished, dropped, lastEnd, nodes, links);
  }
}
