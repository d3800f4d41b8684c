package io.offloadlab.course;

import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;

/**
 * What a runtime and a strategy say to each other about the courses of tasks. The strategy's clock
 * does not go back, whatever times it is asked about. Used by one thread at a time.
 */
public final class Dialogue {
  private final AdaptiveStrategy strategy;
  private final Conditions conditions;
  private double clock;

  /**
   * @param strategy that decides
   * @param conditions what questions tell of the system
   */
  public Dialogue(AdaptiveStrategy strategy, Conditions conditions) {
    this.strategy = strategy;
    this.conditions = conditions;
  }

  /**
   * Asks about a course that has arrived, has its turn, or is at a boundary.
   *
   * @param time that the question is about, in seconds from the start of the stream
   * @return what the task does next
   */
  public Move ask(Course course, double time) {
    clock = Math.max(clock, time);
    NodeId device = course.task().device();
    TaskProgress progress =
        new TaskProgress(
            course.task(),
            course.done(),
            course.phase() == Course.Phase.HOLDING,
            clock,
            course.arrivedSeconds(),
            course.startedSeconds(),
            conditions.device(device, course, clock),
            conditions.uplinkBacklogSeconds(device, clock),
            conditions.cloudBacklogSeconds(clock),
            course.entropies());
    Step step = strategy.next(progress, conditions.view());
    return course.answered(step);
  }

  /**
   * A task is done.
   *
   * @param record what came out
   * @param time when
   */
  public void finished(TaskRecord record, double time) {
    clock = Math.max(clock, time);
    strategy.finished(record, clock);
  }
}
