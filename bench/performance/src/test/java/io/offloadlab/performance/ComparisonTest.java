package io.offloadlab.performance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  @DisplayName("A ratio is the median of the ratios of rounds, and lies between the extreme ones")
  void ratiosAreTakenWithinRounds() {
    List<Score> scores =
        List.of(
            score(0, "size=1", "rival", 10),
            score(0, "size=1", "ours", 5),
            score(1, "size=1", "rival", 100),
            score(1, "size=1", "ours", 90),
            score(2, "size=1", "rival", 10),
            score(2, "size=1", "ours", 8));

    List<Comparison> compared = Comparison.of(scores);

    assertThat(compared)
        .containsExactly(
            new Comparison("B", "size=1", "ours", 8, "us", 1, 1, 1),
            new Comparison("B", "size=1", "rival", 10, "us", 0.8, 0.5, 0.9));
  }

  @Test
  @DisplayName("Parameters are compared apart")
  void parametersAreComparedApart() {
    List<Score> scores =
        List.of(
            score(0, "size=1", "ours", 1),
            score(0, "size=2", "ours", 6),
            score(0, "size=1", "rival", 2),
            score(0, "size=2", "rival", 2));

    assertThat(Comparison.of(scores))
        .extracting(Comparison::ratio)
        .containsExactly(1d, 0.5, 1d, 3d);
  }

  @Test
  @DisplayName("A benchmark without ours has times and no ratio")
  void withoutOursThereIsNoRatio() {
    Comparison only = Comparison.of(List.of(score(0, "", "planner", 3))).get(0);

    assertThat(only.time()).isEqualTo(3);
    assertThat(only.ratio()).isNaN();
  }

  private static Score score(int round, String parameters, String contestant, double time) {
    return new Score(round, "B", parameters, contestant, time, "us");
  }
}
