package io.offloadlab.course;

import io.offloadlab.strategy.NodeId;

/** A course at a node, as the whereabouts have it; times in seconds. */
final class Stay {
  final Course course;
  final NodeId node;

  /** When its tensor is at the node. */
  final double reaches;

  /** When it has, or had, its turn at the node. */
  double turn = Double.POSITIVE_INFINITY;

  /** When it leaves, or left, the node: infinite until that is decided. */
  double leaves = Double.POSITIVE_INFINITY;

  /** Whether it waits in line and was there when somebody last asked. */
  boolean there;

  Stay(Course course, NodeId node, double reaches) {
    this.course = course;
    this.node = node;
    this.reaches = reaches;
  }

  /** Whether it is there and waits. */
  boolean waits(double time) {
    return reaches <= time && turn > time;
  }

  /** Whether it has the processor. */
  boolean holds(double time) {
    return turn <= time && leaves > time;
  }
}
