package io.offloadlab.legodnn.blocks;

/**
 * How many filters a pruned convolution keeps.
 *
 * @param multiple counts are rounded up to a multiple of this; 1 for the published rule
 */
public record PruningRule(int multiple) {
  /** The rule as published: {@code C - floor(C x sparsity)}. */
  public static final PruningRule PUBLISHED = new PruningRule(1);

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public PruningRule {
    if (multiple < 1) {
      throw new IllegalArgumentException("--channels-multiple is at least 1, not " + multiple);
    }
  }

  /**
   * Filters kept of a convolution: as many as are published, rounded up, but never more than there
   * are.
   *
   * @param filters output channels of the convolution
   * @param sparsity fraction removed, in [0, 1)
   * @throws IllegalArgumentException if the sparsity is out of range
   */
  public int kept(int filters, double sparsity) {
    int published = FilterSelection.kept(filters, sparsity);
    return (int) Math.min(filters, (published - 1L + multiple) / multiple * multiple);
  }
}
