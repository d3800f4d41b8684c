package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.rl.ExplorationNoise;
import io.offloadlab.learning.rl.RunningNormaliser;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.IActionSchema;
import org.deeplearning4j.rl4j.learning.IHistoryProcessor;
import org.deeplearning4j.rl4j.mdp.MDP;
import org.deeplearning4j.rl4j.observation.Observation;
import org.deeplearning4j.rl4j.policy.IPolicy;
import org.deeplearning4j.rl4j.space.ActionSpace;
import org.deeplearning4j.rl4j.space.Encodable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How the learner acts: at random while warming up, then as the actor says, plus noise. */
final class ExplorationPolicy implements IPolicy<double[]> {
  private final DdpgSettings settings;
  private final ActionChooser chooser;
  private final RunningNormaliser normaliser;
  private final IActionSchema<double[]> schema;
  private final RandomGenerator random;
  private final ExplorationNoise noise;
  private long steps;

  ExplorationPolicy(
      ActorCritic networks,
      ActionChooser chooser,
      RunningNormaliser normaliser,
      IActionSchema<double[]> schema,
      RandomGenerator random) {
    this.settings = networks.settings;
    this.chooser = chooser;
    this.normaliser = normaliser;
    this.schema = schema;
    this.random = random;
    this.noise = new ExplorationNoise(settings.noise(), settings.theta(), networks.actions, random);
  }

  @Override
  public double[] nextAction(Observation observation) {
    if (steps++ < settings.warmup()) {
      return schema.getRandomAction();
    }
    float[] seen = normaliser.normalise(observation.getChannelData(0).data().asDouble());
    boolean anyHead = settings.heads() > 1 && random.nextDouble() < settings.headExploration();
    double[] action =
        anyHead ? chooser.ofHead(random.nextInt(settings.heads()), seen) : chooser.best(seen);
    noise.addTo(action, sigma());
    if (settings.bounded()) {
      for (int i = 0; i < action.length; i++) {
        action[i] = Math.max(-1, Math.min(1, action[i]));
      }
    }
    return action;
  }

  /** Scale of the noise at this step. */
  double sigma() {
    double progress = Math.min(1, (double) steps / settings.steps());
    return settings.sigma() + progress * (settings.sigmaEnd() - settings.sigma());
  }

  /** Actions chosen so far. */
  long steps() {
    return steps;
  }

  void restoreSteps(long taken) {
    steps = taken;
  }

  @Override
  public void reset() {
    noise.reset();
  }

  /** RL4J's older form. */
  @Override
  @Deprecated
  public double[] nextAction(INDArray observation) {
    throw new UnsupportedOperationException("ask with an Observation");
  }

  /** RL4J's older form, for its MDPs; there are none with continuous actions. */
  @Override
  @Deprecated
  public <O extends Encodable, S extends ActionSpace<double[]>> double play(
      MDP<O, double[], S> mdp, IHistoryProcessor history) {
    throw new UnsupportedOperationException("play an Environment through an Agent");
  }
}
