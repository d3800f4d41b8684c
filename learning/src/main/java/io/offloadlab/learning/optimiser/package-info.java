/**
 * How weights follow gradients. An optimiser works on one flat vector of parameters and keeps its
 * state in vectors of the same kind, so that a checkpoint can hold it. It knows nothing of layers.
 */
package io.offloadlab.learning.optimiser;
