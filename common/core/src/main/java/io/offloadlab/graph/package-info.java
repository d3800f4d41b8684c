/**
 * The engine-free model of a neural network: a directed acyclic graph of layers with shapes.
 *
 * <p>From a {@link io.offloadlab.graph.ModelGraph} alone come floating-point operations,
 * parameters, sizes, cut points and the {@link io.offloadlab.graph.Component}s that a strategy can
 * place. Nothing here knows an inference engine, a socket or a strategy.
 */
package io.offloadlab.graph;
