package io.offloadlab.strategy;

/**
 * What a node's processor does when a question is asked about a task, which is not counted itself:
 * as the node says, or as the inference-status twin foretells.
 *
 * @param held whether some task has the processor
 * @param leavesAtSeconds when that task leaves, on the clock of the question; infinite while that
 *     is open or nobody holds the processor
 * @param waiting tasks that wait for the processor
 */
public record DeviceStatus(boolean held, double leavesAtSeconds, int waiting) {
  /** Nobody is there. */
  public static final DeviceStatus FREE = new DeviceStatus(false, Double.POSITIVE_INFINITY, 0);
}
