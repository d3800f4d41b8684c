/**
 * The language that every offloading strategy speaks: tasks come in with a view of the system, a
 * route comes out.
 *
 * <p>{@link io.offloadlab.strategy.OffloadStrategy} is the interface to implement and {@link
 * io.offloadlab.strategy.StrategyProvider} the service to register; {@link
 * io.offloadlab.strategy.LatencyModel} predicts what a route costs. No strategy owns a socket, an
 * inference engine or another strategy: one executor serves them all.
 */
package io.offloadlab.strategy;
