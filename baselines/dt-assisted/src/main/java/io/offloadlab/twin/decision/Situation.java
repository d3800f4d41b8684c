package io.offloadlab.twin.decision;

import io.offloadlab.strategy.TaskProgress;

/**
 * What is known when a task is decided on.
 *
 * @param progress the question
 * @param space the device's decisions
 * @param boundary components of the backbone that have run; {@link #ARRIVAL} before its turn
 * @param waitedFor D_lq so far: seconds for which others have waited while this task held the
 *     device
 * @param waiting tasks that wait for the device
 * @param turnIn seconds until the task's turn, estimated; 0 when it is its turn
 */
public record Situation(
    TaskProgress progress,
    DecisionSpace space,
    int boundary,
    double waitedFor,
    int waiting,
    double turnIn) {
  /** Not on the device yet. */
  public static final int ARRIVAL = -1;

  /** Whether the task is not on the device yet. */
  public boolean atArrival() {
    return boundary == ARRIVAL;
  }

  /** Seconds until the uplink is free. */
  public double uplink() {
    return progress.uplinkBacklogSeconds();
  }

  /** Seconds of compute that waits at the cloud. */
  public double cloud() {
    return progress.cloudBacklogSeconds();
  }
}
