/**
 * Finds plans for a system: {@link io.offloadlab.ddpg.planning.TuplePlanner} learns one, an agent
 * per tuple of exits, and {@link io.offloadlab.ddpg.planning.ExhaustiveOracle} finds the best one.
 *
 * <p>Presets say how an agent learns and for how long. The strategy asks for a plan and follows it;
 * nothing here routes a task.
 */
package io.offloadlab.ddpg.planning;
