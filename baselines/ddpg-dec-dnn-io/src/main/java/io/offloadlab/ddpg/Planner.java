package io.offloadlab.ddpg;

import io.offloadlab.ddpg.agent.DdpgTrainer;
import io.offloadlab.ddpg.agent.GreedyPolicy;
import io.offloadlab.ddpg.agent.SplitMix64;
import io.offloadlab.ddpg.agent.TrainingOptions;

/**
 * Learns a plan: one agent per tuple of exits that is accurate enough; the tuple whose greedy
 * policy has the best IPLA wins.
 */
public final class Planner {
  private final Preset preset;
  private final long seed;

  /**
   * @param preset hyper-parameters
   * @param seed drives every random choice
   */
  public Planner(Preset preset, long seed) {
    this.preset = preset;
    this.seed = seed;
  }

  /**
   * Trains on a system.
   *
   * @param model the problem
   * @throws io.offloadlab.failure.RunFailure if no tuple of exits is accurate enough and fits, or a
   *     training diverges
   */
  public Solution plan(CollaborationModel model) {
    Solution best = null;
    SplitMix64 seeds = new SplitMix64(seed);
    for (ExitTuple tuple : model.tuples()) {
      Solution solution = learn(model, tuple, seeds.nextLong());
      if (best == null || solution.ipla() > best.ipla()) {
        best = solution;
      }
    }
    return best;
  }

  private Solution learn(CollaborationModel model, ExitTuple tuple, long tupleSeed) {
    SplitMix64 random = new SplitMix64(tupleSeed);
    DecDnnIoEnvironment environment =
        new DecDnnIoEnvironment(model, tuple, preset.decoder(), random);
    DecDnnIoEnvironment trial = new DecDnnIoEnvironment(model, tuple, preset.decoder(), random);
    try (DdpgTrainer trainer = new DdpgTrainer(environment, preset.agent(), random)) {
      trainer.train(TrainingOptions.NONE.evaluating(policy -> greedy(policy, trial, model)));
      double ipla = greedy(trainer.policy(), trial, model);
      return new Solution(trial.plan(), ipla);
    }
  }

  /** IPLA that the greedy policy arrives at from the start state. */
  private double greedy(GreedyPolicy policy, DecDnnIoEnvironment trial, CollaborationModel model) {
    trial.reset();
    for (int i = 0; i < preset.greedySteps(); i++) {
      trial.step(policy.action(trial.observation()));
    }
    return model.ipla(trial.plan());
  }
}
