package io.offloadlab.train.blocks;

/**
 * What a variant was and has become, by its error behind other blocks.
 *
 * @param start squared error relative to the variance of the original's, before any step
 * @param retrained the same, after the last step
 */
public record StartOrRetrained(double start, double retrained) {
  /** Whether retraining has not made it better. */
  public boolean keepsStart() {
    return start <= retrained;
  }
}
