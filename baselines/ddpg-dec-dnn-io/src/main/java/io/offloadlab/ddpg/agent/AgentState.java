package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.replay.ReplayMemory;
import io.offloadlab.learning.rl.RunningNormaliser;
import io.offloadlab.learning.rl.TrainingProgress;

/** Everything that training changes, with one owner: the trainer. */
record AgentState(
    String environment,
    ActorCritic networks,
    BestPolicy best,
    RunningNormaliser normaliser,
    ReplayMemory replay,
    ExplorationPolicy policy,
    DdpgAlgorithm algorithm,
    TrainingProgress progress,
    SplitMix64 random) {}
