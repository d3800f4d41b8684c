package io.offloadlab.ddpg.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.rl.ContinuousEnvironment;
import io.offloadlab.learning.rl.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.StepResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PendulumTest {
  /** Starts at angle pi/2 and speed 0.5. */
  private static Pendulum started() {
    RandomGenerator half =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public double nextDouble(double low, double high) {
            return low + 0.75 * (high - low);
          }
        };
    Pendulum pendulum = new Pendulum(half);
    pendulum.reset();
    return pendulum;
  }

  @Test
  void step_followsThePublishedEquation() {
    StepResult result = started().step(new double[] {0.25});

    // thdot' = thdot + (3g/(2l) sin th + 3/(ml^2) u) dt with u = 2 * 0.25; th' = th + thdot' dt
    double speed = 0.5 + (15 * 1 + 3 * 0.5) * 0.05;
    double angle = Math.PI / 2 + speed * 0.05;
    double[] seen = (double[]) result.getChannelsData().get(ContinuousEnvironment.OBSERVATION);
    assertThat(seen)
        .containsExactly(new double[] {Math.cos(angle), Math.sin(angle), speed}, within(1e-12));
    assertThat(result.getReward())
        .isCloseTo(-(Math.PI * Math.PI / 4 + 0.1 * 0.25 + 0.001 * 0.25), within(1e-12));
  }

  @Test
  @Tag("slow")
  void train_onPendulum_learnsToSwingUpAndBalance() {
    SplitMix64 random = new SplitMix64(1);
    List<Double> rewards = new ArrayList<>();
    try (DdpgTrainer trainer =
        new DdpgTrainer(new Pendulum(random), TestSettings.pendulum(55), random)) {
      trainer.train(TrainingOptions.NONE.telling(e -> rewards.add(e.reward())));
    }

    double early = mean(rewards.subList(0, 5));
    double late = mean(rewards.subList(40, 55));
    assertThat(early).isLessThan(-900);
    assertThat(late).isGreaterThan(-250);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
