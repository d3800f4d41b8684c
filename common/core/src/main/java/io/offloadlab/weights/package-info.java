/**
 * Weights at rest and on the wire: safetensors files, read without trusting them.
 *
 * <p>A {@link io.offloadlab.weights.SafeTensors} is a validated view of a file or of bytes that
 * came from a peer; {@link io.offloadlab.weights.ComponentWeights} is the part of it that one
 * component needs, with its content hash. Nothing here knows an inference engine, so every number
 * can be checked without one.
 */
package io.offloadlab.weights;
