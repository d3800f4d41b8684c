package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.graph.Shape;

/** Compares an engine's output with {@link NaiveNetwork}'s. */
public final class NaiveAssert {
  private NaiveAssert() {}

  /** Every value of every sample, each within a share of its size, at least of 1. */
  public static void assertClose(
      float[] got, NaiveNetwork naive, float[] batch, Shape sample, double tolerance) {
    int each = (int) sample.elements();
    int n = batch.length / each;
    for (int i = 0; i < n; i++) {
      double[] image = new double[each];
      for (int j = 0; j < each; j++) {
        image[j] = batch[i * each + j];
      }
      double[] expected = naive.run(image);
      assertThat(got.length).isEqualTo(expected.length * n);
      for (int j = 0; j < expected.length; j++) {
        assertThat((double) got[i * expected.length + j])
            .as("image %d element %d", i, j)
            .isCloseTo(expected[j], within(tolerance * Math.max(1, Math.abs(expected[j]))));
      }
    }
  }
}
