package io.offloadlab.legodnn.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSelectionTest {
  @ParameterizedTest
  @CsvSource({
    "64, 0.0, 64", "64, 0.2, 52", "64, 0.4, 39", "64, 0.6, 26", "64, 0.8, 13",
    "512, 0.2, 410", "512, 0.6, 205", "5, 0.6, 2", "10, 0.3, 7", "20, 0.15, 17"
  })
  void kept_removesTheFloorOfFiltersTimesSparsity(int filters, double sparsity, int kept) {
    assertThat(FilterSelection.kept(filters, sparsity)).isEqualTo(kept);
  }

  @Test
  void largest_keepsTheLargestSumsOfAbsoluteWeightsInIndexOrder() {
    // given: norms 3, 5, 1, 4
    float[] weight = {1, -2, -5, 0, 0.5f, 0.5f, 2, 2};

    assertThat(FilterSelection.largest(weight, 4, 2)).containsExactly(1, 3);
    assertThat(FilterSelection.largest(weight, 4, 3)).containsExactly(0, 1, 3);
  }

  @Test
  void largest_equalNorms_keepsTheEarlier() {
    assertThat(FilterSelection.largest(new float[] {1, 2, -2, 2}, 4, 2)).containsExactly(1, 2);
  }

  @Test
  void largest_moreThanThereAre_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterSelection.largest(new float[4], 4, 5))
        .withMessageContaining("1 to 4");
  }
}
