package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private final ClockOffset clock = new ClockOffset();

  @Test
  void nanos_ofASymmetricRoundTrip_isExact() {
    clock.heartbeat(100, 1_110, 1_115, 125);

    assertThat(clock.nanos()).isEqualTo(1_000);
  }

  @Test
  void nanos_ofSeveral_trustsTheShortestRoundTrip() {
    clock.heartbeat(0, 1_500, 1_500, 600);
    clock.heartbeat(1_000, 2_010, 2_010, 1_020);
    clock.heartbeat(2_000, 3_005, 3_005, 2_800);

    assertThat(clock.nanos()).isEqualTo(1_000);
  }

  @Test
  void nanos_afterManyHeartbeats_forgetsTheOldest() {
    clock.heartbeat(0, 500, 500, 0);
    for (int i = 0; i < 16; i++) {
      clock.heartbeat(0, 710, 710, 20);
    }

    assertThat(clock.nanos()).isEqualTo(700);
  }
}
