package io.offloadlab.legodnn.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.models.ModelShelf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarginTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.0005, 0.002, 0.0041, 0.02, 0.15})
  void largestDrop_withItsMargin_usesUpTheAllowance(double allowance) {
    Margin margin = new Margin(0.0001, 0.04);

    double drop = margin.largestDrop(allowance);

    assertThat(drop + margin.at(drop)).isCloseTo(allowance, within(1e-12));
  }

  @Test
  void largestDrop_allowanceBelowTheMarginOfNoDrop_isNegative() {
    assertThat(new Margin(0, 0.04).largestDrop(0.001)).isNegative();
  }

  @Test
  void crossValidation_margin_coversItsShare() {
    CrossValidation errors =
        CrossValidation.ofMultiplicative(ModelShelf.find().model("cifar10").profile());

    assertThat(errors.margin(0.95).at(0.02)).isBetween(0.002, 0.01);
    assertThat(errors.margin(1).at(0.02)).isGreaterThanOrEqualTo(errors.margin(0.95).at(0.02));
    assertThat(errors.margin(0).factor()).isZero();
  }
}
