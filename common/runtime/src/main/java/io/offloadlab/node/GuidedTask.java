package io.offloadlab.node;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * How far a task under guidance has come; touched by the guide's thread alone. Times in seconds.
 */
final class GuidedTask {
  final Task task;
  final double arrived;
  final CompletableFuture<TaskRecord> result = new CompletableFuture<>();

  /** Hops that were decided, those that run now included. */
  final List<Hop> hops = new ArrayList<>();

  /** Whether they are the whole route. */
  boolean finished;

  Walk walk;

  /** How long the cloud will compute, as far as is decided; read by whoever begins it there. */
  volatile double cloudSeconds;

  /** From its arrival until it set out, in milliseconds. */
  double decisionMs;

  /** Where it computes or waits. */
  NodeId node;

  /** Whether its progress is predicted; else its node reports. */
  boolean predicted;

  /** Whether it has the node's processor. */
  boolean holding;

  double started = Double.NaN;

  /** When its tensor is at the node. */
  double reaches;

  /** When it has, or had, its turn at the node. */
  double turn;

  /** When it leaves, or left, the node: infinite until that is decided. */
  double leaves = Double.POSITIVE_INFINITY;

  /** The moment that the next question is about. */
  double asksAt;

  /** The next question; null while there is none. */
  Future<?> pending;

  GuidedTask(Task task, double arrived) {
    this.task = task;
    this.arrived = arrived;
  }
}
