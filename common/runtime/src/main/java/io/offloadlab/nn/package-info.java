/**
 * Components on an inference engine, whichever it is.
 *
 * <p>An {@link io.offloadlab.nn.Engine} loads a component's weights, with every batch norm folded
 * into the convolution before it, and runs it on {@link io.offloadlab.nn.Tensor}s whose memory has
 * one owner. Which layers a component has is read from its graph; no network is known here by name,
 * and no engine but by its {@link io.offloadlab.nn.EngineProvider}.
 */
package io.offloadlab.nn;
