/**
 * What the cloud and the edges say to each other, and how it looks on a socket: length-prefixed
 * binary frames, a sealed set of {@link io.offloadlab.wire.Message}s, and tensors as raw
 * little-endian float32.
 *
 * <p>{@link io.offloadlab.wire.Frames} describes the layout and installs the codec into a Netty
 * pipeline; {@link io.offloadlab.wire.LinkEmulator} delays outgoing frames as a slower link would.
 * A peer is not trusted: every size is checked before memory is taken, and what does not decode is
 * a {@link io.offloadlab.wire.WireException} and nothing else.
 */
package io.offloadlab.wire;
