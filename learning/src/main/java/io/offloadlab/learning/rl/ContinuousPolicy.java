package io.offloadlab.learning.rl;

/** What an agent has learned to do, without exploring. */
public interface ContinuousPolicy {
  /**
   * The best known action.
   *
   * @param observation as the environment gives it
   */
  double[] action(double[] observation);
}
