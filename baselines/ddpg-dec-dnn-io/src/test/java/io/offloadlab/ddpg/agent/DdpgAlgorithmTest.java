package io.offloadlab.ddpg.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.learning.network.Activation;
import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.network.NativeLibrary;
import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.rl.RunningNormaliser;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdpgAlgorithmTest {
  private static final float STEP = 1e-2f;
  private static final int BATCH = 16;

  private final SplitMix64 random = new SplitMix64(1);
  private ActorCritic networks;
  private DdpgAlgorithm algorithm;
  private List<StateActionRewardState<double[]>> batch;

  @BeforeEach
  void loadNative() {
    NativeLibrary.load("ddpg");
  }

  private void given(int heads, double gamma) {
    DdpgSettings settings = TestSettings.of(List.of(8, 8), Activation.TANH, heads, gamma, BATCH);
    networks = new ActorCritic(3, 2, settings, random);
    networks.actor.fillUniform(0, networks.actor.length(), 0.7, random);
    networks.critic.fillUniform(0, networks.critic.length(), 0.7, random);
    networks.targetActor.copyFrom(networks.actor);
    networks.targetCritic.copyFrom(networks.critic);
    algorithm = new DdpgAlgorithm(networks, new RunningNormaliser(3, false));
    batch = Transitions.random(BATCH, 3, 2, random);
  }

  @AfterEach
  void close() {
    algorithm.close();
    networks.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void compute_criticGradient_isTheSlopeOfItsLoss(int heads) {
    given(heads, 0.9);

    assertSlope(networks.critic, ActorCriticGradients::critic, ActorCriticGradients::criticLoss);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void compute_actorGradient_isTheSlopeOfTheCriticsValueOfItsActions(int heads) {
    given(heads, 0.9);

    assertSlope(networks.actor, ActorCriticGradients::actor, g -> -g.value());
  }

  /** Central differences at every third weight, on the head whose turn it was. */
  private void assertSlope(
      Floats weights,
      java.util.function.Function<ActorCriticGradients, Floats> gradient,
      ToDoubleFunction<ActorCriticGradients> loss) {
    float[] analytic = gradient.apply(compute()).toArray();
    for (int i = 0; i < weights.length(); i += 3) {
      float w = weights.values().get(i);
      weights.values().put(i, w + STEP);
      double up = loss.applyAsDouble(compute());
      weights.values().put(i, w - STEP);
      double down = loss.applyAsDouble(compute());
      weights.values().put(i, w);
      assertThat((double) analytic[i])
          .as("weight %d", i)
          .isCloseTo((up - down) / (2 * STEP), within(5e-4));
    }
  }

  private ActorCriticGradients compute() {
    algorithm.restoreTurn(0);
    return algorithm.compute(batch);
  }

  @Test
  void compute_withoutDiscount_targetIsTheRewardAlone() {
    given(1, 0);
    networks.critic.values().put(0, new float[networks.critic.length()]);

    double loss = compute().criticLoss();

    double meanSquare =
        batch.stream().mapToDouble(t -> t.getReward() * t.getReward()).average().orElseThrow();
    assertThat(loss).isCloseTo(meanSquare, within(1e-6));
  }

  @Test
  void compute_terminalTransition_hasNoFutureValue() {
    given(1, 0.9);
    networks.critic.values().put(0, new float[networks.critic.length()]);
    float future = 5;
    networks.targetCritic.values().put(0, new float[networks.critic.length()]);
    networks.targetCritic.values().put(networks.critic.length() - 1, future);

    double loss = compute().criticLoss();

    double expected =
        batch.stream()
            .mapToDouble(t -> t.getReward() + (t.isTerminal() ? 0 : 0.9 * future))
            .map(y -> y * y)
            .average()
            .orElseThrow();
    assertThat(loss).isCloseTo(expected, within(1e-4));
  }
}
