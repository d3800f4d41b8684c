package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.rl.RunningNormaliser;
import java.util.Locale;

/** Weights and normalisation of a training, on the heap: to start another one from. */
public final class Learned {
  private final float[] actor;
  private final float[] critic;
  private final double[] normaliser;

  private Learned(float[] actor, float[] critic, double[] normaliser) {
    this.actor = actor;
    this.critic = critic;
    this.normaliser = normaliser;
  }

  static Learned of(ActorCritic networks, RunningNormaliser normaliser) {
    return new Learned(networks.actor.toArray(), networks.critic.toArray(), normaliser.state());
  }

  void putInto(ActorCritic networks, RunningNormaliser into) {
    if (actor.length != networks.actor.length() || critic.length != networks.critic.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "learned networks of %d and %d weights do not fit %s",
              actor.length,
              critic.length,
              networks.description()));
    }
    networks.actor.values().put(0, actor);
    networks.critic.values().put(0, critic);
    networks.targetActor.copyFrom(networks.actor);
    networks.targetCritic.copyFrom(networks.critic);
    into.restore(normaliser);
  }

  float[] actor() {
    return actor.clone();
  }

  float[] critic() {
    return critic.clone();
  }
}
