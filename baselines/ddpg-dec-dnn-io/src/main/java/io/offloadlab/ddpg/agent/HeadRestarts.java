package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Pass;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * Moves the head that the critic values least to the best of many random actions.
 * ActorCriticGradients follow a slope; where the critic has several, or plains between them, this
 * finds the others.
 */
final class HeadRestarts implements AutoCloseable {
  private static final int CANDIDATES = 256;

  private final ActorCritic networks;
  private final RandomGenerator random;
  private final Pass actorPass;
  private final Pass criticPass;

  HeadRestarts(ActorCritic networks, RandomGenerator random) {
    this.networks = networks;
    this.random = random;
    actorPass = new Pass(networks.actorShape, 1);
    criticPass = new Pass(networks.criticShape, CANDIDATES);
  }

  /** Whether it is time after so many updates. */
  boolean due(long updates) {
    int every = networks.settings.restartEvery();
    return every > 0 && networks.settings.heads() > 1 && updates % every == 0;
  }

  /**
   * @param observations normalised, of which the first row is looked at
   */
  void restart(FloatBuffer observations) {
    actorPass.input().put(0, observations, 0, networks.observations);
    actorPass.forward(networks.actor, 1);
    FloatBuffer rows = criticPass.input();
    int heads = networks.settings.heads();
    for (int h = 0; h < heads; h++) {
      networks.putCriticRow(rows, h, observations, 0);
      for (int i = 0; i < networks.actions; i++) {
        float raw = actorPass.output().get(h * networks.actions + i);
        rows.put(networks.criticAction(h) + i, networks.squash(raw));
      }
    }
    for (int c = heads; c < CANDIDATES; c++) {
      networks.putCriticRow(rows, c, observations, 0);
      for (int i = 0; i < networks.actions; i++) {
        rows.put(networks.criticAction(c) + i, (float) random.nextDouble(-1, 1));
      }
    }
    criticPass.forward(networks.critic, CANDIDATES);
    int worst = 0;
    for (int h = 1; h < heads; h++) {
      worst = criticPass.output().get(h) < criticPass.output().get(worst) ? h : worst;
    }
    int best = heads;
    for (int c = heads + 1; c < CANDIDATES; c++) {
      best = criticPass.output().get(c) > criticPass.output().get(best) ? c : best;
    }
    if (criticPass.output().get(best) > criticPass.output().get(worst)) {
      move(worst, networks.criticAction(best));
    }
  }

  /** Shifts a head's biases so that on this observation it proposes the action at an offset. */
  private void move(int head, int action) {
    int biases = networks.actorShape.biases(networks.actorShape.layers() - 1);
    FloatBuffer weights = networks.actor.values();
    for (int i = 0; i < networks.actions; i++) {
      int output = head * networks.actions + i;
      float wanted = networks.unsquash(criticPass.input().get(action + i));
      float shift = wanted - actorPass.output().get(output);
      weights.put(biases + output, weights.get(biases + output) + shift);
    }
  }

  @Override
  public void close() {
    actorPass.close();
    criticPass.close();
  }
}
