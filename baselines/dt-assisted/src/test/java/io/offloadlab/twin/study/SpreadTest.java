package io.offloadlab.twin.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void of_fiveRuns_isTheTextbooksInterval() {
    // Deviation sqrt(2.5), and 2.776 from a printed table of Student's t at 4 degrees of freedom.
    Spread spread = Spread.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

    assertThat(spread.mean()).isEqualTo(3);
    assertThat(spread.confidence()).isCloseTo(2.776 * Math.sqrt(2.5 / 5), within(1e-3));
  }

  @Test
  void of_oneRun_knowsNoInterval() {
    assertThat(Spread.of(List.of(4.0)).confidence()).isNaN();
  }

  @Test
  void ofDifferences_pairedRuns_leavesOutWhatTheyShare() {
    Spread spread = Spread.ofDifferences(List.of(11.0, 21.0, 31.0), List.of(10.0, 20.0, 30.0));

    assertThat(spread).isEqualTo(new Spread(1, 0));
  }
}
