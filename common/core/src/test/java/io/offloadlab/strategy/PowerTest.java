package io.offloadlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PowerTest {
  private static final Power POWER = Power.RASPBERRY_PI_ON_WIFI;

  @Test
  @DisplayName("a device that computes for half of a second draws 2.7 J and half of 3.7 J more")
  void edgeJoules_computing_idleAndWhatComputingAdds() {
    assertThat(POWER.edgeJoules(1, .5, 0, 0, 0)).isCloseTo(2.7 + 1.85, within(1e-12));
  }

  @Test
  @DisplayName("a megabit in a tenth of a second: 283.17 mJ to send it, 13.3 mJ for the radio")
  void edgeJoules_sending_bitsAndTime() {
    assertThat(POWER.edgeJoules(0, 0, .1, 125_000, 0)).isCloseTo(.28317 + .013286, within(1e-12));
    assertThat(POWER.edgeJoules(0, 0, .1, 0, 125_000)).isCloseTo(.13701 + .013286, within(1e-12));
  }

  @Test
  void cloudJoules_ofComputing() {
    assertThat(POWER.cloudJoules(.25)).isEqualTo(20);
  }

  @Test
  void power_thatCannotBe_isRefused() {
    assertThatThrownBy(() -> new Power(-1, 2, 0, 0, 0, 0)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Power(3, 2, 0, 0, 0, 0)).hasMessageContaining("at least its idle");
    assertThatThrownBy(() -> new Power(1, 2, Double.NaN, 0, 0, 0)).hasMessageContaining("NaN");
  }
}
