package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Activation;
import io.offloadlab.learning.rl.ExplorationNoise;
import java.util.List;

/**
 * Hyper-parameters of the agent.
 *
 * @param hidden widths of the hidden layers, the same in actor and critic
 * @param activation between layers
 * @param bounded whether the actor ends in tanh and actions are kept in [-1, 1]; else actions are
 *     any real numbers
 * @param heads number of actions that the actor proposes per observation, of which the critic
 *     chooses the best (Zhang and Yao, "ACE", AAAI 2019, arXiv 1811.02696): one follows a slope of
 *     the critic to wherever it leads, several start on different slopes. 1 is plain DDPG
 * @param headExploration probability of trying a random head while learning, in 0..1
 * @param restartEvery updates after which the head that the critic values least starts again from
 *     the best of many random actions, as the critic sees them: so that no slope is overlooked; 0
 *     for never
 * @param gamma discount in [0, 1)
 * @param tau rate of the soft update of the target networks, in (0, 1]
 * @param actorRate AdamOptimiser's learning rate of the actor
 * @param criticRate AdamOptimiser's learning rate of the critic
 * @param batch transitions per update
 * @param replay capacity of the replay memory, in transitions
 * @param warmup steps of uniformly random actions before the first update
 * @param noise kind of exploration noise
 * @param sigma its scale at the beginning of training
 * @param sigmaEnd its scale at the end, reached linearly
 * @param theta pull of Ornstein-Uhlenbeck noise to zero, per step
 * @param clipNorm longest gradient of each network; 0 for no clipping
 * @param normaliseObservations whether observations are brought to zero mean and unit variance
 * @param rewardFloor rewards below it are learned as this
 * @param saturationPenalty weight of the squared sums before the actor's tanh in its loss
 * @param episodes to train at most
 * @param episodeSteps length of an episode; reaching it is no terminal state
 * @param patience episodes without a better score after which training stops; 0 for never
 */
public record DdpgSettings(
    List<Integer> hidden,
    Activation activation,
    boolean bounded,
    int heads,
    double headExploration,
    int restartEvery,
    double gamma,
    double tau,
    double actorRate,
    double criticRate,
    int batch,
    int replay,
    int warmup,
    ExplorationNoise.Kind noise,
    double sigma,
    double sigmaEnd,
    double theta,
    double clipNorm,
    boolean normaliseObservations,
    double rewardFloor,
    double saturationPenalty,
    int episodes,
    int episodeSteps,
    int patience) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public DdpgSettings {
    hidden = List.copyOf(hidden);
    check(hidden.stream().allMatch(h -> h > 0), "hidden", hidden, "positive widths");
    check(heads >= 1, "heads", heads, "at least 1");
    check(headExploration >= 0 && headExploration <= 1, "headExploration", headExploration, "0..1");
    check(restartEvery >= 0, "restartEvery", restartEvery, "0 or more");
    check(gamma >= 0 && gamma < 1, "gamma", gamma, "0 or more and below 1");
    check(tau > 0 && tau <= 1, "tau", tau, "above 0 and at most 1");
    check(actorRate > 0, "actorRate", actorRate, "positive");
    check(criticRate > 0, "criticRate", criticRate, "positive");
    check(batch >= 1, "batch", batch, "at least 1");
    check(replay >= batch, "replay", replay, "at least the batch of " + batch);
    check(warmup >= 0 && warmup <= replay, "warmup", warmup, "0 to the replay's capacity");
    check(sigma >= 0 && sigmaEnd >= 0, "sigma", sigma + " to " + sigmaEnd, "0 or more");
    check(theta >= 0 && theta <= 1, "theta", theta, "0..1");
    check(clipNorm >= 0, "clipNorm", clipNorm, "0 or more");
    check(!Double.isNaN(rewardFloor), "rewardFloor", rewardFloor, "a number");
    check(saturationPenalty >= 0, "saturationPenalty", saturationPenalty, "0 or more");
    check(episodes >= 1, "episodes", episodes, "at least 1");
    check(episodeSteps >= 1, "episodeSteps", episodeSteps, "at least 1");
    check(patience >= 0, "patience", patience, "0 or more");
  }

  /** The same for a shorter training that goes on from learned networks: no warm-up. */
  public DdpgSettings continuing(int newEpisodes, int newEpisodeSteps) {
    return new DdpgSettings(
        hidden,
        activation,
        bounded,
        heads,
        headExploration,
        restartEvery,
        gamma,
        tau,
        actorRate,
        criticRate,
        batch,
        replay,
        0,
        noise,
        sigmaEnd,
        sigmaEnd,
        theta,
        clipNorm,
        normaliseObservations,
        rewardFloor,
        saturationPenalty,
        newEpisodes,
        newEpisodeSteps,
        patience);
  }

  /** Environment steps of a whole training. */
  public long steps() {
    return (long) episodes * episodeSteps;
  }

  private static void check(boolean ok, String name, Object value, String wanted) {
    if (!ok) {
      throw new IllegalArgumentException("%s is %s, not %s".formatted(name, wanted, value));
    }
  }
}
