package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static List<Integer> kept(Sample sample, int tasks) {
    return IntStream.range(0, tasks).filter(sample).boxed().toList();
  }

  @Test
  void test_longStream_oneOfEverySoManyInARow() {
    Sample sample = Sample.of(3, 1_000_000, 2000);

    List<Integer> kept = kept(sample, 1_000_000);

    assertThat(sample.every()).isEqualTo(500);
    assertThat(kept.stream().map(i -> i / 500)).hasSize(2000).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("of 1,000 devices that take turns, most are in the sample and none often")
  void test_devicesInTurn_manyDifferentOnes() {
    Map<Integer, Long> byDevice =
        kept(Sample.of(7, 1_000_000, 2000), 1_000_000).stream()
            .collect(Collectors.groupingBy(i -> i % 1000, Collectors.counting()));

    // Two expected of each, by Poisson: 86% are there, and nine of one are as rare as 1 in 4,000.
    assertThat(byDevice).hasSizeBetween(800, 920);
    assertThat(byDevice.values()).allMatch(n -> n <= 12);
  }

  @Test
  void test_equalSeeds_equalSamples() {
    assertThat(kept(new Sample(5, 10), 1000)).isEqualTo(kept(new Sample(5, 10), 1000));
    assertThat(kept(new Sample(5, 10), 1000)).isNotEqualTo(kept(new Sample(6, 10), 1000));
  }

  @Test
  void test_shortStream_everyTask() {
    assertThat(kept(Sample.of(1, 1999, 2000), 1999)).hasSize(1999);
  }
}
