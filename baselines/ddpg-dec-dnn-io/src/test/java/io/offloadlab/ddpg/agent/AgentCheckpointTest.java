package io.offloadlab.ddpg.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.learning.network.Activation;
import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.rl.ContinuousEnvironment;
import io.offloadlab.learning.rl.TrainingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentCheckpointTest {
  private static final int SEED = 42;

  @TempDir Path folder;

  private static DdpgSettings settings(int heads) {
    return TestSettings.of(List.of(16, 16), Activation.RELU, heads, 0.9, 8);
  }

  /** As if the power had failed in the middle of an episode. */
  private static final class PowerFailure extends RuntimeException {}

  private static ContinuousEnvironment failingAfter(int steps, RandomGenerator random) {
    return new ForwardingEnvironment(new Pendulum(random)) {
      private int left = steps;

      @Override
      public StepResult step(double[] action) {
        if (left-- == 0) {
          throw new PowerFailure();
        }
        return super.step(action);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void train_interruptedAndResumed_endsWithTheSameBitsAsUninterrupted(int heads) {
    Path file = folder.resolve("agent.safetensors");
    Learned whole = train(settings(heads), TrainingOptions.NONE);

    SplitMix64 random = new SplitMix64(SEED);
    try (DdpgTrainer trainer =
        new DdpgTrainer(failingAfter(150, random), settings(heads), random)) {
      assertThatThrownBy(() -> trainer.train(TrainingOptions.NONE.checkpointing(file, 1)))
          .isInstanceOf(PowerFailure.class);
      assertThat(trainer.episodes()).isEqualTo(3);
    }
    Learned resumed = train(settings(heads), TrainingOptions.NONE.checkpointing(file, 1));

    assertThat(resumed.actor()).containsExactly(whole.actor());
    assertThat(resumed.critic()).containsExactly(whole.critic());
  }

  @Test
  void train_anotherSeed_endsWithOtherBits() {
    Learned one = train(settings(1), TrainingOptions.NONE);
    SplitMix64 other = new SplitMix64(SEED + 1);
    try (DdpgTrainer trainer = new DdpgTrainer(new Pendulum(other), settings(1), other)) {
      trainer.train(TrainingOptions.NONE);

      assertThat(trainer.learned().actor()).isNotEqualTo(one.actor());
    }
  }

  private static Learned train(DdpgSettings settings, TrainingOptions options) {
    SplitMix64 random = new SplitMix64(SEED);
    try (DdpgTrainer trainer = new DdpgTrainer(new Pendulum(random), settings, random)) {
      trainer.train(options);
      return trainer.learned();
    }
  }

  @Test
  void train_finishedCheckpoint_trainsNothingAndKeepsWhatWasLearned() {
    TrainingOptions options = TrainingOptions.NONE.checkpointing(folder.resolve("a"), 1);
    Learned learned = train(settings(1), options);
    SplitMix64 random = new SplitMix64(SEED);
    try (DdpgTrainer trainer = new DdpgTrainer(new Pendulum(random), settings(1), random)) {
      assertThat(trainer.train(options)).isZero();
      assertThat(trainer.learned().actor()).containsExactly(learned.actor());
    }
  }

  @Test
  void train_checkpointOfOtherNetworks_isRefusedWithBothDescriptions() {
    TrainingOptions options = TrainingOptions.NONE.checkpointing(folder.resolve("a"), 1);
    train(settings(1), options);
    DdpgSettings wider = TestSettings.of(List.of(32), Activation.RELU, 1, 0.9, 8);

    assertThatThrownBy(() -> train(wider, options))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("actor 3-16-16-1 relu, critic 4-16-16-1 relu")
        .hasMessageContaining("actor 3-32-1 relu, critic 4-32-1 relu");
  }

  @Test
  void train_checkpointOfAnotherEnvironment_isRefusedWithBothDescriptions() {
    TrainingOptions options = TrainingOptions.NONE.checkpointing(folder.resolve("a"), 1);
    train(settings(1), options);
    SplitMix64 random = new SplitMix64(SEED);
    ContinuousEnvironment other =
        new ForwardingEnvironment(new Pendulum(random)) {
          @Override
          public String description() {
            return "Pendulum on the moon";
          }
        };
    try (DdpgTrainer trainer = new DdpgTrainer(other, settings(1), random)) {
      assertThatThrownBy(() -> trainer.train(options))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("Pendulum-v1")
          .hasMessageContaining("Pendulum on the moon");
    }
  }

  @Test
  void train_lossNoLongerFinite_stopsAndNamesStepSeedAndLastGoodCheckpoint() {
    Path file = folder.resolve("good.safetensors");
    SplitMix64 random = new SplitMix64(SEED);
    ContinuousEnvironment broken =
        new ForwardingEnvironment(new Pendulum(random)) {
          private int steps;

          @Override
          public StepResult step(double[] action) {
            StepResult ok = super.step(action);
            return ++steps < 100
                ? ok
                : new StepResult(ok.getChannelsData(), Double.NaN, ok.isTerminal());
          }
        };
    try (DdpgTrainer trainer = new DdpgTrainer(broken, settings(1), random)) {
      assertThatThrownBy(() -> trainer.train(TrainingOptions.NONE.checkpointing(file, 1)))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("diverged at step 10")
          .hasMessageContaining("seed 42")
          .hasMessageContaining(file.toString());
    }
    assertThat(file).exists();
    assertThat(Files.exists(file.resolveSibling("good.safetensors.part"))).isFalse();
  }
}
