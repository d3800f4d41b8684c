package io.offloadlab.ddpg.agent;

/**
 * What was learned, without noise. It goes on learning as long as its trainer does, and is closed
 * with it.
 */
public final class GreedyPolicy {
  private final ActionChooser chooser;
  private final RunningNormaliser normaliser;

  GreedyPolicy(ActionChooser chooser, RunningNormaliser normaliser) {
    this.chooser = chooser;
    this.normaliser = normaliser;
  }

  /**
   * The best known action.
   *
   * @param observation as the environment gives it
   */
  public double[] action(double[] observation) {
    return chooser.best(normaliser.normalise(observation));
  }
}
