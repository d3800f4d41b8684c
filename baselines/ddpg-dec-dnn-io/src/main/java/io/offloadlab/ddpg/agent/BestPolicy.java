package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.rl.RunningNormaliser;

/** A copy of the networks at their best score. */
record BestPolicy(Floats actor, Floats critic, RunningNormaliser normaliser)
    implements AutoCloseable {
  static BestPolicy of(ActorCritic networks, RunningNormaliser normaliser) {
    return new BestPolicy(
        new Floats(networks.actor.length()).copyFrom(networks.actor),
        new Floats(networks.critic.length()).copyFrom(networks.critic),
        normaliser.copy());
  }

  void keep(ActorCritic networks, RunningNormaliser now) {
    actor.copyFrom(networks.actor);
    critic.copyFrom(networks.critic);
    normaliser.restore(now.state());
  }

  void putBack(ActorCritic networks, RunningNormaliser into) {
    networks.actor.copyFrom(actor);
    networks.critic.copyFrom(critic);
    into.restore(normaliser.state());
  }

  @Override
  public void close() {
    actor.close();
    critic.close();
  }
}
