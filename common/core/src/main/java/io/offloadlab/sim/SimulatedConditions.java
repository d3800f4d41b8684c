package io.offloadlab.sim;

import io.offloadlab.course.Conditions;
import io.offloadlab.course.Course;
import io.offloadlab.course.Move;
import io.offloadlab.course.Whereabouts;
import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;

/**
 * What a strategy is told of the simulated system: the state of processors and uplinks as it is,
 * or, where devices do not report, what the status twin foretells of them.
 */
final class SimulatedConditions implements Conditions {
  private SystemView view;
  private LatencyModel model;
  private final Processor[] processors;
  private final Wire[] up;

  /** Null where devices report. */
  private final Whereabouts twin;

  private long questions;
  private long wrong;

  SimulatedConditions(
      SystemView view, LatencyModel model, Processor[] processors, Wire[] up, boolean predicted) {
    this.view = view;
    this.model = model;
    this.processors = processors;
    this.up = up;
    this.twin = predicted ? new Whereabouts() : null;
  }

  /** What is seen from now on. */
  void see(SystemView now, LatencyModel predicting) {
    view = now;
    model = predicting;
  }

  @Override
  public SystemView view() {
    return view;
  }

  @Override
  public DeviceStatus device(NodeId device, Course but, double time) {
    Processor processor = processors[device.index()];
    if (twin == null) {
      return processor.status(but);
    }
    DeviceStatus foretold = twin.status(device, but, time);
    questions++;
    wrong += foretold.waiting() == processor.waiting() ? 0 : 1;
    return foretold;
  }

  @Override
  public double uplinkBacklogSeconds(NodeId edge, double time) {
    return up[edge.index() - 1].backlogSeconds(time);
  }

  @Override
  public double cloudBacklogSeconds(double time) {
    return processors[0].backlogSeconds(time);
  }

  void decided(Course course, Move move, NodeId from, double time) {
    if (twin != null) {
      twin.decided(course, move, from, time, model);
      var unused = twin.grant(from, model);
      unused = twin.grant(course.node(), model);
    }
  }

  /** A course has its turn, and asks. */
  void holds(Course course, double time) {
    if (twin != null) {
      twin.holds(course, time);
    }
  }

  void left(Course course, NodeId node, double time) {
    if (twin != null) {
      double unused = twin.left(course, node, time);
    }
  }

  void over(Course course) {
    if (twin != null) {
      twin.forget(course);
    }
  }

  /** How often the twin was asked. */
  long questions() {
    return questions;
  }

  /** How often it had the queue's length wrong. */
  long wrong() {
    return wrong;
  }
}
