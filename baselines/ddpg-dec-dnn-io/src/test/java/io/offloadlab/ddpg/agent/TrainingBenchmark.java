package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.NativeLibrary;
import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.rl.RunningNormaliser;
import io.offloadlab.learning.rl.TrainingOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of one environment step with its update, everything included; one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrainingBenchmark {
  private static final int STEPS = 2000;

  /** Transitions per update. */
  @Param({"64", "4"})
  public int batch;

  private SplitMix64 random;
  private DdpgSettings settings;
  private ActorCritic networks;
  private DdpgAlgorithm algorithm;
  private List<StateActionRewardState<double[]>> transitions;

  /** Everything that lives longer than a step. */
  @Setup(Level.Trial)
  public void prepare() {
    NativeLibrary.load("ddpg");
    random = new SplitMix64(1);
    DdpgSettings p = TestSettings.pendulum(STEPS / Pendulum.EPISODE_STEPS);
    settings =
        new DdpgSettings(
            p.hidden(),
            p.activation(),
            p.bounded(),
            p.heads(),
            p.headExploration(),
            p.restartEvery(),
            p.gamma(),
            p.tau(),
            p.actorRate(),
            p.criticRate(),
            batch,
            p.replay(),
            batch,
            p.noise(),
            p.sigma(),
            p.sigmaEnd(),
            p.theta(),
            p.clipNorm(),
            p.normaliseObservations(),
            p.rewardFloor(),
            p.saturationPenalty(),
            p.episodes(),
            p.episodeSteps(),
            p.patience());
    networks = new ActorCritic(3, 1, settings, random);
    algorithm = new DdpgAlgorithm(networks, new RunningNormaliser(3, true));
    transitions = Transitions.random(batch, 3, 1, random);
  }

  /** A training of 2000 steps on Pendulum-v1, per step. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long environmentStepWithUpdate() {
    try (DdpgTrainer trainer = new DdpgTrainer(new Pendulum(random), settings, random)) {
      trainer.train(TrainingOptions.NONE);
      return trainer.steps();
    }
  }

  /** Both gradients of one batch. */
  @Benchmark
  public double gradients() {
    return algorithm.compute(transitions).criticLoss();
  }
}
