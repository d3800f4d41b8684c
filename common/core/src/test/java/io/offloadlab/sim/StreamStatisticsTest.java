package io.offloadlab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamStatisticsTest {
  @Test
  void accept_agreesWithSortingAllLatencies() {
    Route route = Route.split(Worlds.CHAIN, 1, Worlds.EDGE, NodeId.CLOUD);
    StreamStatistics statistics = new StreamStatistics(Worlds.always(route));
    SplittableRandom random = new SplittableRandom(5);
    double[] latencies =
        random.doubles(10_000).map(u -> 20 - 50 * StrictMath.log1p(-u)).sorted().toArray();

    for (double ms : latencies) {
      statistics.accept(
          new TaskRecord(
              Worlds.task(0, 0), route, List.of(), List.of(), new Latency(ms, ms / 2, 0, 0, 0, 0)));
    }

    assertThat(statistics.tasks()).isEqualTo(10_000);
    double mean = Arrays.stream(latencies).average().orElseThrow();
    assertThat(statistics.mean().totalMs()).isCloseTo(mean, withinPercentage(1e-6));
    assertThat(statistics.mean().edgeMs()).isCloseTo(mean / 2, withinPercentage(1e-6));
    for (double q : new double[] {0.5, 0.95, 0.99}) {
      assertThat(statistics.latencyMs(q))
          .isCloseTo(latencies[(int) (q * 10_000) - 1], withinPercentage(0.1));
    }
    assertThat(statistics.mflops()).isCloseTo(route.flops() / 1e6, withinPercentage(1e-9));
    assertThat(statistics.sizeMib()).isCloseTo(route.sizeMib(), withinPercentage(1e-9));
    assertThat(statistics.expectedAccuracy()).isCloseTo(0.9, withinPercentage(1e-9));
  }
}
