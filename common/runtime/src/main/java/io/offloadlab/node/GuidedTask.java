package io.offloadlab.node;

import io.offloadlab.course.Course;
import io.offloadlab.strategy.TaskRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A task under guidance: its course, and what moves it. Touched by the guide's thread alone. */
final class GuidedTask {
  final Course course;
  final CompletableFuture<TaskRecord> result = new CompletableFuture<>();

  /** Null until the first decision; read by whoever closes the guide. */
  volatile Walk walk;

  /** How long the cloud will compute, as far as is decided; read by whoever begins it there. */
  volatile double cloudSeconds;

  /** From its arrival until it set out, in milliseconds. */
  double decisionMs;

  /** Whether its progress is predicted; else its node reports. */
  boolean predicted;

  /** Whether it runs an exit whose judgement its node reports. */
  boolean judged;

  /** The moment that the next question is about. */
  double asksAt;

  /** The next question; null while there is none. */
  Future<?> pending;

  GuidedTask(Course course) {
    this.course = course;
  }
}
