package io.offloadlab.ddpg.planning;

import io.offloadlab.ddpg.environment.DevicePlan;
import io.offloadlab.strategy.NodeId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A plan and its worth.
 *
 * @param plan per device, the first edge first
 * @param worth by the objective that it was found for
 */
public record Solution(List<DevicePlan> plan, double worth) {
  /** Copies the plan. */
  public Solution {
    plan = List.copyOf(plan);
  }

  /** {@code edge-1: exit-5 split 2, 3 core(s); edge-2: ...}, as people are told. */
  @Override
  public String toString() {
    return IntStream.range(0, plan.size())
        .mapToObj(device -> NodeId.edge(device + 1) + ": " + plan.get(device))
        .collect(Collectors.joining("; "));
  }
}
