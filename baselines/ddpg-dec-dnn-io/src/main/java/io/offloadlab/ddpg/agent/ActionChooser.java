package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Pass;
import java.nio.FloatBuffer;

/** What the actor does on one observation: its heads propose, the critic chooses. */
final class ActionChooser implements AutoCloseable {
  private final ActorCritic networks;
  private final Pass actorPass;
  private final Pass criticPass;

  ActionChooser(ActorCritic networks) {
    this.networks = networks;
    actorPass = new Pass(networks.actorShape, 1);
    criticPass = new Pass(networks.criticShape, networks.settings.heads());
  }

  /**
   * The action of the head that the critic values most.
   *
   * @param observation normalised
   */
  double[] best(float[] observation) {
    propose(observation);
    int heads = networks.settings.heads();
    int best = 0;
    if (heads > 1) {
      FloatBuffer rows = criticPass.input();
      for (int h = 0; h < heads; h++) {
        networks.putCriticRow(rows, h, actorPass.input(), 0);
        for (int i = 0; i < networks.actions; i++) {
          rows.put(networks.criticAction(h) + i, proposal(h, i));
        }
      }
      criticPass.forward(networks.critic, heads);
      for (int h = 1; h < heads; h++) {
        if (criticPass.output().get(h) > criticPass.output().get(best)) {
          best = h;
        }
      }
    }
    return action(best);
  }

  /** The action of one head. */
  double[] ofHead(int head, float[] observation) {
    propose(observation);
    return action(head);
  }

  private void propose(float[] observation) {
    actorPass.input().put(0, observation);
    actorPass.forward(networks.actor, 1);
  }

  private double[] action(int head) {
    double[] action = new double[networks.actions];
    for (int i = 0; i < action.length; i++) {
      action[i] = proposal(head, i);
    }
    return action;
  }

  private float proposal(int head, int i) {
    return networks.squash(actorPass.output().get(head * networks.actions + i));
  }

  @Override
  public void close() {
    actorPass.close();
    criticPass.close();
  }
}
