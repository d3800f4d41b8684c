/**
 * Where a training stands, on disk: weights, the optimiser's memory and the position in the data.
 *
 * <p>Schedules and random choices are functions of the position and the seed, so these three are
 * all there is. A checkpoint is a safetensors file, whole or not there.
 */
package io.offloadlab.train.checkpoint;
