package io.offloadlab.legodnn.accuracy;

/**
 * Accuracy of a network as a decreasing function of the sum of its variants' costs: {@code accuracy
 * = g(cost_1 + ... + cost_B)}, with {@code g(0)} the original network's measured accuracy.
 *
 * <p>Costs are in accuracy (0.01 is one point): for a single small change they are the drop itself.
 */
public interface AccuracyPredictor {
  /** Accuracy of the uncompressed network, in 0..1: {@code g(0)}. */
  double originalAccuracy();

  /**
   * Cost of a variant; 0 for sparsity 0. May be negative where pruning was measured to help.
   *
   * @param block name of the block, such as {@code block-3}
   * @param sparsity one of the profile's
   * @throws IllegalArgumentException if the profile has no such variant
   */
  double cost(String block, double sparsity);

  /** Accuracy of a network whose costs add up to a total, in 0..1. */
  double accuracy(double totalCost);

  /**
   * The largest total cost at which the predicted accuracy is still at or above a value: the
   * inverse of {@link #accuracy}. Positive infinity when every network is, negative infinity when
   * none can be; negative when only networks predicted to be better than the original are.
   */
  double costBudget(double accuracy);
}
