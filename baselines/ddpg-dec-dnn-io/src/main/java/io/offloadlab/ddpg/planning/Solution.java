package io.offloadlab.ddpg.planning;

import io.offloadlab.ddpg.environment.DevicePlan;
import java.util.List;

/**
 * A plan and its worth.
 *
 * @param plan per device, the first edge first
 * @param ipla mean accuracy less mean latency over T_max
 */
public record Solution(List<DevicePlan> plan, double ipla) {
  /** Copies the plan. */
  public Solution {
    plan = List.copyOf(plan);
  }
}
