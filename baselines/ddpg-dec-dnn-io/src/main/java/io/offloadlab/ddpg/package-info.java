/**
 * DDPG-based DEC-DNN-IO (Xu et al., "Learning-Based Edge-Device Collaborative DNN Inference in IoVT
 * Networks", IEEE Internet of Things Journal, 2024): which exit each device's tasks take, where
 * their chain is split between device and cloud, and how many of the cloud's cores each gets.
 *
 * <p>{@link io.offloadlab.ddpg.CollaborationModel} is the problem, {@link
 * io.offloadlab.ddpg.DecDnnIoEnvironment} the same as an RL4J environment, {@link
 * io.offloadlab.ddpg.Planner} learns a plan on it and {@link io.offloadlab.ddpg.ExhaustiveOracle}
 * finds the best one. The agent itself, in {@code io.offloadlab.ddpg.agent}, knows nothing of all
 * this.
 */
package io.offloadlab.ddpg;
