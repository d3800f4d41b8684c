package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.network.Pass;
import io.offloadlab.learning.rl.RunningNormaliser;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.rl4j.agent.learning.algorithm.IUpdateAlgorithm;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.nd4j.linalg.api.buffer.DataBuffer;

/**
 * The gradients of DDPG (Lillicrap et al., algorithm 1) on a batch of transitions: the critic's by
 * the temporal-difference error, the actor's through the critic's gradient by its action.
 */
final class DdpgAlgorithm
    implements IUpdateAlgorithm<ActorCriticGradients, StateActionRewardState<double[]>>,
        AutoCloseable {
  private final ActorCritic networks;
  private final DdpgSettings settings;
  private final RunningNormaliser normaliser;
  private final int batch;
  private final Pass actorPass;
  private final Pass criticPass;
  private final Pass valuePass;
  private final Pass targetActorPass;
  private final Pass targetCriticPass;
  private final Floats actorGradient;
  private final Floats criticGradient;
  private final float[] targets;
  private int turn;

  DdpgAlgorithm(ActorCritic networks, RunningNormaliser normaliser) {
    this.networks = networks;
    this.normaliser = normaliser;
    settings = networks.settings;
    batch = settings.batch();
    actorPass = new Pass(networks.actorShape, batch);
    criticPass = new Pass(networks.criticShape, batch);
    valuePass = new Pass(networks.criticShape, batch);
    targetActorPass = new Pass(networks.actorShape, batch);
    targetCriticPass = new Pass(networks.criticShape, batch * settings.heads());
    actorGradient = new Floats(networks.actor.length());
    criticGradient = new Floats(networks.critic.length());
    targets = new float[batch];
  }

  @Override
  public ActorCriticGradients compute(List<StateActionRewardState<double[]>> transitions) {
    stage(transitions);
    if (settings.gamma() > 0) {
      addFutureValue(transitions);
    }
    double loss = criticGradient();
    double value = actorGradient();
    turn = (turn + 1) % settings.heads();
    return new ActorCriticGradients(criticGradient, actorGradient, loss, value, actorPass.input());
  }

  /** Copies observations, actions and rewards to where the passes read them. */
  private void stage(List<StateActionRewardState<double[]>> transitions) {
    int o = networks.observations;
    for (int b = 0; b < batch; b++) {
      StateActionRewardState<double[]> t = transitions.get(b);
      read(t.getObservation().getChannelData(0).data(), actorPass.input(), b * o);
      read(t.getNextObservation().getChannelData(0).data(), targetActorPass.input(), b * o);
      networks.putCriticRow(criticPass.input(), b, actorPass.input(), b);
      networks.putCriticRow(valuePass.input(), b, actorPass.input(), b);
      double[] action = t.getAction();
      for (int i = 0; i < action.length; i++) {
        criticPass.input().put(networks.criticAction(b) + i, (float) action[i]);
      }
      targets[b] = (float) Math.max(t.getReward(), settings.rewardFloor());
    }
  }

  private void read(DataBuffer from, FloatBuffer into, int at) {
    for (int i = 0; i < networks.observations; i++) {
      into.put(at + i, normaliser.normalise(i, from.getFloat(i)));
    }
  }

  /** Bellman's target: {@code r + gamma * max over heads of Q'(s', mu'(s'))}, r at the end. */
  private void addFutureValue(List<StateActionRewardState<double[]>> transitions) {
    int heads = settings.heads();
    int a = networks.actions;
    targetActorPass.forward(networks.targetActor, batch);
    for (int row = 0; row < batch * heads; row++) {
      networks.putCriticRow(targetCriticPass.input(), row, targetActorPass.input(), row / heads);
      for (int i = 0; i < a; i++) {
        float raw = targetActorPass.output().get(row * a + i);
        targetCriticPass.input().put(networks.criticAction(row) + i, networks.squash(raw));
      }
    }
    targetCriticPass.forward(networks.targetCritic, batch * heads);
    for (int b = 0; b < batch; b++) {
      if (!transitions.get(b).isTerminal()) {
        float best = Float.NEGATIVE_INFINITY;
        for (int h = 0; h < heads; h++) {
          best = Math.max(best, targetCriticPass.output().get(b * heads + h));
        }
        targets[b] += (float) settings.gamma() * best;
      }
    }
  }

  /** Gradient of the mean squared error between the critic and its targets. */
  private double criticGradient() {
    criticPass.forward(networks.critic, batch);
    double loss = 0;
    for (int b = 0; b < batch; b++) {
      float error = criticPass.output().get(b) - targets[b];
      loss += error * error / batch;
      criticPass.outputGradient().put(b, 2 * error / batch);
    }
    criticPass.backward(networks.critic, batch, criticGradient);
    return loss;
  }

  /**
   * Gradient that climbs the critic (Silver et al., ICML 2014, theorem 1). Every row of the batch
   * improves one head, in turn, so several heads cost no more than one.
   */
  private double actorGradient() {
    int a = networks.actions;
    int heads = settings.heads();
    actorPass.forward(networks.actor, batch);
    FloatBuffer raw = actorPass.output();
    for (int b = 0; b < batch; b++) {
      int proposal = (b * heads + (b + turn) % heads) * a;
      for (int i = 0; i < a; i++) {
        valuePass.input().put(networks.criticAction(b) + i, networks.squash(raw.get(proposal + i)));
      }
    }
    valuePass.forward(networks.critic, batch);
    double value = 0;
    for (int b = 0; b < batch; b++) {
      value += valuePass.output().get(b) / batch;
      valuePass.outputGradient().put(b, -1f / batch);
    }
    valuePass.backward(networks.critic, batch, null);
    FloatBuffer out = actorPass.outputGradient();
    for (int i = 0; i < batch * heads * a; i++) {
      out.put(i, 0);
    }
    float penalty = (float) (2 * settings.saturationPenalty() / batch);
    for (int b = 0; b < batch; b++) {
      int proposal = (b * heads + (b + turn) % heads) * a;
      for (int i = 0; i < a; i++) {
        int at = networks.criticAction(b) + i;
        float slope = networks.squashSlope(valuePass.input().get(at));
        out.put(
            proposal + i,
            valuePass.inputGradient().get(at) * slope + penalty * raw.get(proposal + i));
      }
    }
    actorPass.backward(networks.actor, batch, actorGradient);
    return value;
  }

  int turn() {
    return turn;
  }

  void restoreTurn(int saved) {
    turn = saved;
  }

  @Override
  public void close() {
    List.of(actorPass, criticPass, valuePass, targetActorPass, targetCriticPass)
        .forEach(Pass::close);
    actorGradient.close();
    criticGradient.close();
  }
}
