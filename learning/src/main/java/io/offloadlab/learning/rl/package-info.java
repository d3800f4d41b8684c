/**
 * What agents with continuous actions share around RL4J's loop: environments, normalisation,
 * exploration noise, progress and what a training leaves behind.
 *
 * <p>RL4J has the loop (agent learner, experience handler, update rule, trainer) but no actions
 * that are real numbers; these are its interfaces, filled in for them. An agent brings its own
 * update algorithm.
 */
package io.offloadlab.learning.rl;
