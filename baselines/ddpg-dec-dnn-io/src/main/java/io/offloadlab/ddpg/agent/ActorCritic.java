package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.network.Mlp;
import io.offloadlab.learning.optimiser.AdamOptimiser;
import io.offloadlab.learning.random.SplitMix64;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Actor, critic, their slowly following targets, and the state of their optimisers.
 *
 * <p>The actor maps an observation to the action, or to one per head; where actions are bounded its
 * outputs are squashed by tanh. The critic maps observation and action to the expected return.
 */
final class ActorCritic implements AutoCloseable {
  private static final double LAST_LAYER = 3e-3;
  private static final double HEAD_SPREAD = 0.95;

  final DdpgSettings settings;
  final int observations;
  final int actions;
  final Mlp actorShape;
  final Mlp criticShape;
  final Floats actor;
  final Floats critic;
  final Floats targetActor;
  final Floats targetCritic;
  final AdamOptimiser actorAdam;
  final AdamOptimiser criticAdam;

  ActorCritic(int observations, int actions, DdpgSettings settings, SplitMix64 random) {
    this.settings = settings;
    this.observations = observations;
    this.actions = actions;
    actorShape = shape(observations, settings, settings.heads() * actions);
    criticShape = shape(observations + actions, settings, 1);
    actor = actorShape.initial(LAST_LAYER, random);
    critic = criticShape.initial(LAST_LAYER, random);
    if (settings.heads() > 1) {
      spreadHeads(random);
    }
    targetActor = new Floats(actor.length()).copyFrom(actor);
    targetCritic = new Floats(critic.length()).copyFrom(critic);
    actorAdam = new AdamOptimiser(settings.actorRate(), actor.length());
    criticAdam = new AdamOptimiser(settings.criticRate(), critic.length());
  }

  private static Mlp shape(int inputs, DdpgSettings settings, int outputs) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(inputs);
    sizes.addAll(settings.hidden());
    sizes.add(outputs);
    return new Mlp(sizes, settings.activation());
  }

  /** Heads begin all over the cube of actions, so that they climb different slopes. */
  private void spreadHeads(SplitMix64 random) {
    int biases = actorShape.biases(actorShape.layers() - 1);
    for (int i = 0; i < actorShape.outputs(); i++) {
      actor.values().put(biases + i, unsquash(random.nextDouble(-1, 1)));
    }
  }

  /** Action from the actor's raw output. */
  float squash(float raw) {
    return settings.bounded() ? (float) Math.tanh(raw) : raw;
  }

  /** Raw output that gives an action; one at the bounds, which none gives, is taken within. */
  float unsquash(double action) {
    double a = Math.max(-HEAD_SPREAD, Math.min(HEAD_SPREAD, action));
    return (float) (settings.bounded() ? 0.5 * Math.log((1 + a) / (1 - a)) : action);
  }

  /** Derivative of {@link #squash}, from the action. */
  float squashSlope(float action) {
    return settings.bounded() ? 1 - action * action : 1;
  }

  /** Writes rows of observation and action side by side, as the critic reads them. */
  void putCriticRow(FloatBuffer rows, int row, FloatBuffer observation, int observationRow) {
    rows.put(row * criticShape.inputs(), observation, observationRow * observations, observations);
  }

  /** Where a row's action begins in the critic's input. */
  int criticAction(int row) {
    return row * criticShape.inputs() + observations;
  }

  String description() {
    return String.format(
        Locale.ROOT, "actor %s, critic %s, %d head(s)", actorShape, criticShape, settings.heads());
  }

  @Override
  public void close() {
    actor.close();
    critic.close();
    targetActor.close();
    targetCritic.close();
    actorAdam.close();
    criticAdam.close();
  }
}
