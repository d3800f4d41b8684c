package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LinkScheduleTest {
  private static final double WIFI = 18.88e6 / 8;

  @Test
  void oneMebibyteOverWifi_takesWhatTheRateImplies() {
    long arrival = new LinkSchedule(WIFI, 0).arrivalNanos(0, 1 << 20);

    assertThat(arrival).isEqualTo(Math.round((1 << 20) * 8 / 18.88e6 * 1e9));
  }

  @Test
  void frameOnAFreeLink_arrivesAfterItsBytesAndTheDelay() {
    LinkSchedule link = new LinkSchedule(1000, 0.25);

    assertThat(link.arrivalNanos(5_000, 500)).isEqualTo(5_000 + 500_000_000 + 250_000_000);
  }

  @Test
  void secondFrame_waitsForTheFirst_butSharesItsDelay() {
    LinkSchedule link = new LinkSchedule(1000, 0.25);
    link.arrivalNanos(0, 500);

    assertThat(link.arrivalNanos(100, 500)).isEqualTo(1_000_000_000 + 250_000_000);
  }

  @Test
  void frameAfterAPause_doesNotProfitFromIt() {
    LinkSchedule link = new LinkSchedule(1000, 0);
    link.arrivalNanos(0, 1);

    assertThat(link.arrivalNanos(60_000_000_000L, 500)).isEqualTo(60_500_000_000L);
  }

  @Test
  void clockThatOverflows_isNoObstacle() {
    LinkSchedule link = new LinkSchedule(1000, 0);

    long first = link.arrivalNanos(Long.MAX_VALUE - 10, 500);
    long second = link.arrivalNanos(Long.MAX_VALUE - 5, 500);

    assertThat(first - (Long.MAX_VALUE - 10)).isEqualTo(500_000_000);
    assertThat(second - first).isEqualTo(500_000_000);
  }

  @Test
  void linkThatBecomesFaster_framesStayInTheirOrder() {
    LinkSchedule link = new LinkSchedule(1000, 2);
    long before = link.arrivalNanos(0, 500);

    link.become(1000, 0);

    assertThat(link.arrivalNanos(500_000_000, 1)).isEqualTo(before).isEqualTo(2_500_000_000L);
    assertThat(link.arrivalNanos(5_000_000_000L, 500)).isEqualTo(5_500_000_000L);
  }

  @Property(tries = 200)
  void anyTrain_leavesNoFasterThanTheRate(
      @ForAll @IntRange(min = 1, max = 50) int frames,
      @ForAll @IntRange(min = 1, max = 100_000) int bytes,
      @ForAll @LongRange(min = 0, max = 1_000_000) long gap) {
    LinkSchedule link = new LinkSchedule(WIFI, 0.01);
    long last = 0;
    for (int i = 0; i < frames; i++) {
      last = link.arrivalNanos(i * gap, bytes);
    }

    double least = frames * (double) bytes / WIFI * 1e9;
    assertThat(last - 10_000_000L).isGreaterThanOrEqualTo((long) least - frames);
  }
}
