package io.offloadlab.legodnn.blocks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * L1 filter pruning: the filters with the largest sum of absolute weights stay (Li et al., "Pruning
 * Filters for Efficient ConvNets", ICLR 2017).
 */
public final class FilterSelection {
  private FilterSelection() {}

  /**
   * Filters kept of a convolution when {@code floor(filters x sparsity)} of them are removed.
   *
   * @param filters output channels of the convolution
   * @param sparsity fraction removed, in [0, 1)
   * @throws IllegalArgumentException if the sparsity is out of range
   */
  public static int kept(int filters, double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new IllegalArgumentException("a sparsity is in [0, 1), not " + sparsity);
    }
    // 10 x 0.6 / 2 and the like are a hair below the integer they stand for.
    return filters - (int) Math.floor(filters * sparsity + 1e-9);
  }

  /**
   * Indices of the filters to keep: those of largest L1 norm, the earlier one of two equal ones, in
   * index order.
   *
   * @param weight of the convolution, filter-major ({@code [out, in/groups, k, k]} as PyTorch)
   * @param filters number of filters
   * @param kept how many to keep, 1 to {@code filters}
   * @throws IllegalArgumentException if the weights do not divide into filters, or {@code kept} is
   *     out of range
   */
  public static int[] largest(float[] weight, int filters, int kept) {
    if (filters < 1 || weight.length % filters != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d weights do not divide into %d filters", weight.length, filters));
    }
    if (kept < 1 || kept > filters) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "of %d filters 1 to %d can be kept, not %d", filters, filters, kept));
    }
    double[] norms = norms(weight, filters);
    return IntStream.range(0, filters)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -norms[i]))
        .limit(kept)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static double[] norms(float[] weight, int filters) {
    int size = weight.length / filters;
    double[] norms = new double[filters];
    Arrays.setAll(
        norms,
        f -> IntStream.range(f * size, (f + 1) * size).mapToDouble(i -> Math.abs(weight[i])).sum());
    return norms;
  }
}
