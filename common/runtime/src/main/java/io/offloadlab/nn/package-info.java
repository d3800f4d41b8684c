/**
 * Components on an inference engine: DJL with PyTorch.
 *
 * <p>An {@link io.offloadlab.nn.Engine} loads a component's weights with every batch norm folded
 * into the convolution before it, and runs it on tensors whose memory has one owner. Which layers a
 * component has is read from its graph; no network is known here by name.
 */
package io.offloadlab.nn;
