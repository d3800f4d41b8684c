package io.offloadlab.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final List<String> lines = new ArrayList<>();
  private long seconds = 100;
  private final Pace pace = new Pace("tasks", lines::add, () -> seconds * 1_000_000_000L);

  @Test
  void at_slowWork_aLineNowAndThenWithTheTimeLeft() {
    for (int done = 1; done <= 60; done++) {
      seconds++;
      pace.at(done, 600);
    }

    assertThat(lines)
        .containsExactly(
            "20 of 600 tasks done, about 9 min 40 s left",
            "40 of 600 tasks done, about 9 min 20 s left",
            "60 of 600 tasks done, about 9 min 0 s left");
  }

  @Test
  void at_workOfHours_hoursAndMinutes() {
    seconds += 3600;

    pace.at(1, 5);

    assertThat(lines).containsExactly("1 of 5 tasks done, about 4 h 0 min left");
  }

  @Test
  void at_quickWork_nothing() {
    seconds += 19;

    pace.at(5, 6);

    assertThat(lines).isEmpty();
  }
}
