package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.strategy.Arrivals;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
  private static Turns turns(Arrivals arrivals, int tasks) {
    return new Turns(FakeNetworks.scenario(1, 0.5, arrivals), tasks);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "20, 1", "100, 5", "500, 25", "1000, 25", "100000, 25"})
  @DisplayName("A sequential stream has twenty turns at least, where it has the tasks")
  void size_sequential_isSmallEnoughForIntervals(int tasks, int size) {
    assertThat(turns(new Arrivals.Sequential(), tasks).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"10, 1, 10", "60, 3, 20", "400, 20, 20", "2000, 20, 100"})
  void size_arrivalTimes_isLargeEnoughForQueues(int tasks, int count, int size) {
    Turns turns = turns(new Arrivals.Poisson(10), tasks);

    assertThat(turns.count()).isEqualTo(count);
    assertThat(turns.size()).isEqualTo(size);
  }

  @Test
  void orders_everyCycle_hasEachEntrantInEachPlaceOnce() {
    List<List<String>> orders =
        turns(new Arrivals.Sequential(), 1000).orders(List.of("a", "b", "c", "d"));

    assertThat(orders).hasSize(40);
    for (int cycle = 0; cycle < 10; cycle++) {
      for (int place = 0; place < 4; place++) {
        Set<String> seen = new HashSet<>();
        for (int turn = 0; turn < 4; turn++) {
          seen.add(orders.get(cycle * 4 + turn).get(place));
        }
        assertThat(seen).hasSize(4);
      }
    }
    assertThat(new HashSet<>(orders)).hasSizeGreaterThan(4);
  }

  @Test
  void orders_sameSeed_areTheSame() {
    assertThat(turns(new Arrivals.Sequential(), 1000).orders(List.of(1, 2, 3)))
        .isEqualTo(turns(new Arrivals.Sequential(), 1000).orders(List.of(1, 2, 3)));
  }
}
