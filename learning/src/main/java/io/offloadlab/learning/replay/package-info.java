/**
 * What learners remember: the last samples or transitions, to be drawn from.
 *
 * <p>{@link io.offloadlab.learning.replay.Ring} keeps anything; {@link
 * io.offloadlab.learning.replay.ReplayMemory} is RL4J's memory of transitions with continuous
 * actions. Both can be saved and go on with the same draws.
 */
package io.offloadlab.learning.replay;
