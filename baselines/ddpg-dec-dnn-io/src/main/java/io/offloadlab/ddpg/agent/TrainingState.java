package io.offloadlab.ddpg.agent;

/** Everything that training changes, with one owner: the trainer. */
record TrainingState(
    String environment,
    Networks networks,
    BestPolicy best,
    RunningNormaliser normaliser,
    ReplayMemory replay,
    ExplorationPolicy policy,
    DdpgAlgorithm algorithm,
    Progress progress,
    SplitMix64 random) {}
