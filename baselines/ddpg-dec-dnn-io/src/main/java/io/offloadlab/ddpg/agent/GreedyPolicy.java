package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.rl.ContinuousPolicy;
import io.offloadlab.learning.rl.RunningNormaliser;

/**
 * What was learned, without noise. It goes on learning as long as its trainer does, and is closed
 * with it.
 */
final class GreedyPolicy implements ContinuousPolicy {
  private final ActionChooser chooser;
  private final RunningNormaliser normaliser;

  GreedyPolicy(ActionChooser chooser, RunningNormaliser normaliser) {
    this.chooser = chooser;
    this.normaliser = normaliser;
  }

  @Override
  public double[] action(double[] observation) {
    return chooser.best(normaliser.normalise(observation));
  }
}
