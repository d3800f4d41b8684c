package io.offloadlab.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static void assertRates(Schedule schedule, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(schedule.rate(i)).as("step %d", i).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  @DisplayName("a cosine rises to its peak, is at half of it half-way down and ends at zero")
  void cosine_warmup2Of6_riseAndCosine() {
    assertRates(new Schedule.Cosine(.4, 2, 6), .2, .4, .4, .2 + .2 * Math.sqrt(.5), .2);
    assertThat(new Schedule.Cosine(.4, 2, 6).rate(6)).isCloseTo(0, within(1e-9));
  }

  @Test
  @DisplayName("one cycle over 11 steps: values of torch.optim.lr_scheduler.OneCycleLR's formula")
  void oneCycle_elevenSteps_startPeakEnd() {
    Schedule schedule = new Schedule.OneCycle(1, 11);

    // The peak lies at 0.3 x 11 - 1 = 2.3, the end at 10.
    assertThat(schedule.rate(0)).isCloseTo(.04, within(1e-9));
    assertThat(schedule.rate(1))
        .isCloseTo(.04 + .96 * (1 - Math.cos(Math.PI / 2.3)) / 2, within(1e-9));
    assertThat(schedule.rate(10)).isCloseTo(.04 / 1e4, within(1e-9));
    assertThat(schedule.rate(3)).isLessThan(1).isGreaterThan(schedule.rate(4));
  }

  @Test
  void multiStep_twoMilestones_dropsAtEach() {
    assertRates(new Schedule.MultiStep(1, List.of(2L, 4L), .2), 1, 1, .2, .2, .04, .04);
  }
}
