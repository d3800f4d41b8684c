package io.offloadlab.ddpg.agent;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Adds noise to actions: independent in every step, or pulled back to zero step by step. */
final class ExplorationNoise {
  private final DdpgSettings settings;
  private final RandomGenerator random;
  private final double[] state;

  ExplorationNoise(DdpgSettings settings, int actions, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.state = new double[actions];
  }

  void addTo(double[] action, double sigma) {
    for (int i = 0; i < action.length; i++) {
      double fresh = sigma * random.nextGaussian();
      state[i] =
          switch (settings.noise()) {
            case GAUSSIAN -> fresh;
            case ORNSTEIN_UHLENBECK -> (1 - settings.theta()) * state[i] + fresh;
          };
      action[i] += state[i];
    }
  }

  void reset() {
    Arrays.fill(state, 0);
  }
}
