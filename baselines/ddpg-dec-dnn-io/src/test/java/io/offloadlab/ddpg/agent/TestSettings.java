package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Activation;
import io.offloadlab.learning.rl.ExplorationNoise;
import java.util.List;

/** Settings of small agents. */
final class TestSettings {
  private TestSettings() {}

  static DdpgSettings of(
      List<Integer> hidden, Activation activation, int heads, double gamma, int batch) {
    return new DdpgSettings(
        hidden,
        activation,
        true,
        heads,
        0.3,
        heads > 1 ? 20 : 0,
        gamma,
        0.005,
        1e-3,
        1e-3,
        batch,
        1000,
        2 * batch,
        ExplorationNoise.Kind.ORNSTEIN_UHLENBECK,
        0.2,
        0.1,
        0.15,
        1,
        true,
        -1e9,
        0,
        6,
        40,
        0);
  }

  /** What solves Pendulum-v1. */
  static DdpgSettings pendulum(int episodes) {
    return new DdpgSettings(
        List.of(64, 64),
        Activation.RELU,
        true,
        1,
        0,
        0,
        0.98,
        0.005,
        1e-3,
        1e-3,
        64,
        100_000,
        1000,
        ExplorationNoise.Kind.GAUSSIAN,
        0.1,
        0.1,
        0,
        0,
        true,
        -1e9,
        0,
        episodes,
        Pendulum.EPISODE_STEPS,
        0);
  }
}
