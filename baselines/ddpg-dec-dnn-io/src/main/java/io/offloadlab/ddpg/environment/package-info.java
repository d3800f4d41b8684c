/**
 * The problem of DEC-DNN-IO: what every choice of exits, split points and cloud cores takes and is
 * worth, and what an agent's actions mean.
 *
 * <p>{@link io.offloadlab.ddpg.environment.CollaborationModel} is the problem, {@link
 * io.offloadlab.ddpg.environment.DecDnnIoEnvironment} the same as an RL4J environment. Nothing here
 * learns.
 */
package io.offloadlab.ddpg.environment;
