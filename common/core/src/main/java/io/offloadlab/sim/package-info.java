/**
 * The laboratory in virtual time: the same tasks, views, routes and records as live, with every
 * processor and link replaced by a queue whose service times come from a {@link
 * io.offloadlab.strategy.SystemView}.
 *
 * <p>{@link io.offloadlab.sim.Simulator} runs a stream and hands on each task's record; what is
 * made of them is others' business. Prediction and simulation share {@link
 * io.offloadlab.strategy.LatencyModel}: on an idle system they agree.
 */
package io.offloadlab.sim;
