package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.rl.NonFiniteLoss;
import org.deeplearning4j.rl4j.agent.learning.update.updater.INeuralNetUpdater;

/** Takes the step that a batch's gradients point to, and lets the targets follow softly. */
final class DdpgUpdater implements INeuralNetUpdater<ActorCriticGradients> {
  private final ActorCritic networks;
  private final HeadRestarts restarts;
  private double criticLoss;
  private double value;
  private long updates;

  DdpgUpdater(ActorCritic networks, HeadRestarts restarts) {
    this.networks = networks;
    this.restarts = restarts;
  }

  /**
   * @throws NonFiniteLoss before anything is changed, if a loss is not a finite number
   */
  @Override
  public void update(ActorCriticGradients gradients) {
    if (!Double.isFinite(gradients.criticLoss()) || !Double.isFinite(gradients.value())) {
      throw new NonFiniteLoss(gradients.criticLoss(), gradients.value());
    }
    criticLoss += gradients.criticLoss();
    value += gradients.value();
    updates++;
    networks.criticAdam.step(networks.critic, gradients.critic(), clip(gradients.critic()));
    networks.actorAdam.step(networks.actor, gradients.actor(), clip(gradients.actor()));
    float tau = (float) networks.settings.tau();
    networks.targetCritic.moveTowards(networks.critic, tau);
    networks.targetActor.moveTowards(networks.actor, tau);
    if (restarts.due(networks.criticAdam.steps())) {
      restarts.restart(gradients.observations());
    }
  }

  private float clip(Floats gradient) {
    double longest = networks.settings.clipNorm();
    if (longest == 0) {
      return 1;
    }
    double norm = gradient.norm();
    return norm > longest ? (float) (longest / norm) : 1;
  }

  /** Mean critic loss since the last {@link #forget}; NaN if there was no update. */
  double meanCriticLoss() {
    return criticLoss / updates;
  }

  /** Mean value of the actor's actions since the last {@link #forget}; NaN if no update. */
  double meanValue() {
    return value / updates;
  }

  void forget() {
    criticLoss = 0;
    value = 0;
    updates = 0;
  }

  /** Nothing to do: there is one copy of the networks. */
  @Override
  public void synchronizeCurrent() {}
}
