package io.offloadlab.learning.rl;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Adds noise to actions: independent in every step, or pulled back to zero step by step. */
public final class ExplorationNoise {
  /** How the noise of one step depends on that of the one before. */
  public enum Kind {
    /** Independent in every step and dimension. */
    @JsonProperty("gaussian")
    GAUSSIAN,
    /** Correlated in time, for systems with inertia (Uhlenbeck and Ornstein, 1930). */
    @JsonProperty("ornstein-uhlenbeck")
    ORNSTEIN_UHLENBECK
  }

  private final Kind kind;
  private final double theta;
  private final RandomGenerator random;
  private final double[] state;

  /**
   * @param kind of noise
   * @param theta pull of Ornstein-Uhlenbeck noise to zero, per step, in 0..1
   * @param actions numbers in an action
   * @param random what draws
   */
  public ExplorationNoise(Kind kind, double theta, int actions, RandomGenerator random) {
    this.kind = kind;
    this.theta = theta;
    this.random = random;
    this.state = new double[actions];
  }

  /**
   * Adds the noise of one step.
   *
   * @param action changed in place
   * @param sigma scale of what is fresh, 0 or more
   */
  public void addTo(double[] action, double sigma) {
    for (int i = 0; i < action.length; i++) {
      double fresh = sigma * random.nextGaussian();
      state[i] =
          switch (kind) {
            case GAUSSIAN -> fresh;
            case ORNSTEIN_UHLENBECK -> (1 - theta) * state[i] + fresh;
          };
      action[i] += state[i];
    }
  }

  /** An episode begins: nothing is left of the last one's noise. */
  public void reset() {
    Arrays.fill(state, 0);
  }
}
