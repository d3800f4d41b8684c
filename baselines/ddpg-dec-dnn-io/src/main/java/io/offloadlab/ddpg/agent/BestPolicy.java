package io.offloadlab.ddpg.agent;

/** A copy of the networks at their best score. */
record BestPolicy(Floats actor, Floats critic, RunningNormaliser normaliser)
    implements AutoCloseable {
  static BestPolicy of(Networks networks, RunningNormaliser normaliser) {
    return new BestPolicy(
        new Floats(networks.actor.length()).copyFrom(networks.actor),
        new Floats(networks.critic.length()).copyFrom(networks.critic),
        normaliser.copy());
  }

  void keep(Networks networks, RunningNormaliser now) {
    actor.copyFrom(networks.actor);
    critic.copyFrom(networks.critic);
    normaliser.restore(now.state());
  }

  void putBack(Networks networks, RunningNormaliser into) {
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
