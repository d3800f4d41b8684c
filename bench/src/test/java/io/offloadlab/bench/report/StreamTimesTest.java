package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamTimesTest {
  @Test
  void sequential_oneAfterTheOther_eachBeginsWhereTheLastEnded() {
    assertThat(StreamTimes.sequential(new int[] {0, 1, 2}, new double[] {1000, 500, 1}, 1))
        .containsExactly(0, 1, 1.5);
  }

  @Test
  void sequential_everyFifthTaskOfTwoInFlight_theOthersAreTakenToBeLikeIt() {
    assertThat(StreamTimes.sequential(new int[] {0, 5}, new double[] {1000, 500}, 2))
        .containsExactly(0, 2.5);
  }
}
