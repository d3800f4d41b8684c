package io.offloadlab.course;

import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where tasks are and when what they occupy is free again, from what was decided of them and how
 * long it takes: an inference-status twin per node (Hu et al., section IV) and the uplinks. Times
 * in seconds that do not go back from question to question; used by one thread at a time.
 */
public final class Whereabouts {
  private final Map<NodeId, StatusTwin> twins = new HashMap<>();
  private final Map<NodeId, Double> uplinkFreeAt = new HashMap<>();

  /**
   * Something was decided of a course.
   *
   * @param move what it does now
   * @param from where it was when that was decided
   * @param time when it begins with that
   * @param model how long things take
   */
  public void decided(Course course, Move move, NodeId from, double time, LatencyModel model) {
    int batch = course.task().batch();
    if (course.stay == null) {
      Shape input = course.tensor();
      NodeId to = course.node();
      if (!course.isOpen() && to.isCloud()) {
        // Nothing is asked of it any more, so nobody needs to know when it is done there.
        course.stay = new Stay(course, to, time);
        sends(from, input, batch, time, model);
      } else {
        joins(course, to, time + model.transferSeconds(from, to, input, batch));
      }
    } else if (!course.isOpen()) {
      leaves(course.stay, course.ahead(), time, model);
    } else if (move instanceof Move.Go go) {
      leaves(course.stay, List.of(), time, model);
      forgetBefore(course);
      course.before = course.stay;
      // When it comes there from another device nobody can tell ahead.
      joins(course, go.node(), time);
    }
  }

  private void joins(Course course, NodeId node, double reaches) {
    course.stay = new Stay(course, node, reaches);
    at(node).joins(course.stay);
  }

  /**
   * Hands a node's processor to those who are next in line, as far as can be told; who is decided
   * of already leaves again.
   *
   * @return the course that has the processor now, did not before, and is still asked; else null
   */
  public Course grant(NodeId node, LatencyModel model) {
    for (Stay next = at(node).grant(); next != null; next = at(node).grant()) {
      if (next.course.isOpen()) {
        return next.course;
      }
      leaves(next, next.course.decided(), next.turn, model);
    }
    return null;
  }

  /** When a course has its turn at its node, as far as can be told. */
  public double turn(Course course) {
    return course.stay.turn;
  }

  /** A course has the processor of its node now: somebody saw it. */
  public void holds(Course course, double now) {
    at(course.stay.node).holds(course.stay, now);
  }

  /**
   * A course was seen to have left a node at a time.
   *
   * @return by how much that moves the turn of {@link #holder}; 0 if it waited for nobody
   */
  public double left(Course course, NodeId node, double time) {
    Stay stay = course.before != null ? course.before : course.stay;
    if (stay == null || !stay.node.equals(node)) {
      return 0;
    }
    course.before = null;
    return at(node).left(stay, time);
  }

  /** The course that has a node's processor, or has it next; null if none is known. */
  public Course holder(NodeId node) {
    Stay holder = at(node).holder();
    return holder == null ? null : holder.course;
  }

  /** A course is over, or sets out anew: it occupies nothing any more. */
  public void forget(Course course) {
    forgetBefore(course);
    if (course.stay != null) {
      at(course.stay.node).forget(course.stay);
      course.stay = null;
    }
  }

  private void forgetBefore(Course course) {
    if (course.before != null) {
      at(course.before.node).forget(course.before);
      course.before = null;
    }
  }

  /** What a node does at a time, one course not counted. */
  public DeviceStatus status(NodeId node, Course but, double time) {
    return at(node).status(but.stay, time);
  }

  /** Seconds until an edge's uplink is free. */
  public double uplinkBacklogSeconds(NodeId edge, double time) {
    return Math.max(0, uplinkFreeAt.getOrDefault(edge, time) - time);
  }

  private StatusTwin at(NodeId node) {
    return twins.computeIfAbsent(node, n -> new StatusTwin());
  }

  /**
   * A task leaves its node when it has run those of the hops that are there, and goes on to where
   * the next one is, or back to its source.
   *
   * @param rest hops that the task has still to run
   * @param time when it begins with them
   */
  private void leaves(Stay stay, List<Hop> rest, double time, LatencyModel model) {
    Course course = stay.course;
    int batch = course.task().batch();
    int here = 0;
    while (here < rest.size() && rest.get(here).node().equals(stay.node)) {
      here++;
    }
    double seconds = model.computeSeconds(rest.subList(0, here), batch);
    at(stay.node).leaves(stay, time + seconds);
    int ran = course.ran + here;
    boolean end = !course.isOpen() && ran == course.decided().size();
    // An open course that leaves is bound for where its next hop is.
    NodeId next =
        end ? course.task().source() : course.isOpen() ? course.node() : rest.get(here).node();
    if (!next.equals(stay.node)) {
      sends(stay.node, course.tensor(ran), batch, time + seconds, model);
    }
  }

  /** A tensor leaves a node at a time, or as soon as the uplink is free; the cloud has none. */
  private void sends(NodeId from, Shape tensor, int batch, double time, LatencyModel model) {
    if (from.isCloud()) {
      return;
    }
    // What is sent occupies the uplink; how long it then travels does not.
    double travelling = model.transferSeconds(from, NodeId.CLOUD, 0);
    double sending = model.transferSeconds(from, NodeId.CLOUD, tensor, batch) - travelling;
    uplinkFreeAt.merge(from, time + sending, (free, now) -> Math.max(free, time) + sending);
  }
}
