/**
 * Deep deterministic policy gradient (Lillicrap et al., "Continuous control with deep reinforcement
 * learning", ICLR 2016, arXiv 1509.02971) on RL4J's abstractions: a learner for continuous actions,
 * which RL4J itself does not have.
 *
 * <p>Implement {@link io.offloadlab.ddpg.agent.ContinuousEnvironment} and give it to a {@link
 * io.offloadlab.ddpg.agent.DdpgTrainer}; read on from there in the order in which one step passes
 * through the classes: exploration policy, replay memory, algorithm, updater. Arrays live in ND4J's
 * memory and are multiplied by its OpenBLAS, called directly, because on networks this small ND4J's
 * own dispatch costs more than the arithmetic.
 */
package io.offloadlab.ddpg.agent;
