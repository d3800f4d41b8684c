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
    for (int done = 1; done <= 61; done++) {
      pace.at(done, 601);
      seconds++;
    }

    assertThat(lines)
        .containsExactly(
            "21 of 601 tasks done, about 9 min 40 s left",
            "41 of 601 tasks done, about 9 min 20 s left",
            "61 of 601 tasks done, about 9 min 0 s left");
  }

  @Test
  void at_workOfHours_hoursAndMinutes() {
    pace.at(1, 6);
    seconds += 3600;

    pace.at(2, 6);

    assertThat(lines).containsExactly("2 of 6 tasks done, about 4 h 0 min left");
  }

  @Test
  void at_firstOneLate_doesNotCount() {
    seconds += 3600;

    pace.at(1, 6);

    assertThat(lines).isEmpty();
  }

  @Test
  void at_quickWork_nothing() {
    pace.at(1, 6);
    seconds += 19;

    pace.at(5, 6);

    assertThat(lines).isEmpty();
  }
}
