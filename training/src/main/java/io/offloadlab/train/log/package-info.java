/**
 * What a training tells while it runs: rows of a CSV file, TensorBoard curves and a live line.
 *
 * <p>A training reports epochs; who listens decides what becomes of them. A log that is resumed
 * drops what was written after its checkpoint.
 */
package io.offloadlab.train.log;
