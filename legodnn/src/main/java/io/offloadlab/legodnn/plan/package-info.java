/**
 * LegoDNN's online problem: one variant and one node per piece of the network, under an accuracy
 * and per-node memory budgets.
 *
 * <p>{@link io.offloadlab.legodnn.plan.PlanningProblem} is the problem as plain numbers and {@link
 * io.offloadlab.legodnn.plan.VariantPlanner} solves it; {@link
 * io.offloadlab.legodnn.plan.JointPlanner} solves several that share the nodes' memory. None knows
 * networks, profiles or strategies.
 */
package io.offloadlab.legodnn.plan;
