/**
 * Deep deterministic policy gradient (Lillicrap et al., "Continuous control with deep reinforcement
 * learning", ICLR 2016, arXiv 1509.02971) on RL4J's abstractions: a learner for continuous actions,
 * which RL4J itself does not have.
 *
 * <p>Implement {@link io.offloadlab.learning.rl.ContinuousEnvironment} and give it to a {@link
 * io.offloadlab.ddpg.agent.DdpgTrainer}; read on from there in the order in which one step passes
 * through the classes: exploration policy, algorithm, updater. Networks, optimiser, replay memory,
 * checkpoints and curves are those of the module {@code learning}; what is here is the algorithm
 * alone.
 */
package io.offloadlab.ddpg.agent;
