package io.offloadlab.train.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  @DisplayName("8 of 10 right: Wilson's 95% interval is 0.4902 to 0.9433, as published tables say")
  void shareInterval_eightOfTen_wilsons() {
    Tally tally = new Tally();
    for (int i = 0; i < 10; i++) {
      tally.add(i < 8 ? 1 : 0);
    }

    assertThat(tally.mean()).isEqualTo(.8);
    assertThat(tally.shareInterval()[0]).isCloseTo(.4902, within(1e-4));
    assertThat(tally.shareInterval()[1]).isCloseTo(.9433, within(1e-4));
  }

  @Test
  @DisplayName("a difference that is the same for every image has no uncertainty")
  void differenceInterval_constant_noWidth() {
    Tally tally = new Tally();
    tally.add(.5);
    tally.add(.5);

    assertThat(tally.differenceInterval()).containsExactly(.5, .5);
  }

  @Test
  void differenceInterval_plusAndMinusOne_normalInterval() {
    Tally tally = new Tally();
    for (int i = 0; i < 100; i++) {
      tally.add(i % 2 == 0 ? 1 : -1);
    }

    assertThat(tally.differenceInterval()[0]).isCloseTo(-.196, within(1e-4));
    assertThat(tally.differenceInterval()[1]).isCloseTo(.196, within(1e-4));
  }
}
