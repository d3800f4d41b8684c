package io.offloadlab.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class StreamFoldTest {
  private static final Scenario SCENARIO = FakeNetworks.scenario(1, 0.5);
  private static final Route ROUTE =
      Route.split(FakeNetworks.CHAIN, 1, NodeId.edge(1), NodeId.CLOUD);
  private static final Task TASK = FakeNetworks.tasks(1, 1).get(0);

  private static StreamSummary folded(StreamFold fold, List<Integer> labels, double... latencies) {
    for (double ms : latencies) {
      fold.accept(
          new TaskRecord(TASK, ROUTE, List.of(1), labels, new Latency(ms, ms / 2, 0, 0, 0, 0)));
    }
    return fold.summary("x", SCENARIO, 10, 0, new DecisionTimes());
  }

  @Test
  void sketching_manyLatencies_agreesWithSortingAllOfThem() {
    SplittableRandom random = new SplittableRandom(5);
    double[] latencies =
        random.doubles(10_000).map(u -> 20 - 50 * StrictMath.log1p(-u)).sorted().toArray();

    StreamSummary s =
        folded(StreamFold.sketching(FakeNetworks.always(ROUTE)), List.of(), latencies);

    double mean = Arrays.stream(latencies).average().orElseThrow();
    assertThat(s.tasks()).isEqualTo(10_000);
    assertThat(s.latencyMs()).isCloseTo(mean, withinPercentage(1e-6));
    assertThat((Double) s.filed().get("edge_ms")).isCloseTo(mean / 2, withinPercentage(1e-6));
    assertThat((Double) s.filed().get("latency_p50_ms"))
        .isCloseTo(latencies[4999], withinPercentage(0.1));
    assertThat((Double) s.filed().get("latency_p95_ms"))
        .isCloseTo(latencies[9499], withinPercentage(0.1));
    assertThat((Double) s.filed().get("latency_p99_ms"))
        .isCloseTo(latencies[9899], withinPercentage(0.1));
  }

  @Test
  void exact_oneToHundredAndOne_givesTheirMeanAndOrderStatistics() {
    double[] oneToHundredAndOne = DoubleStream.iterate(1, i -> i <= 101, i -> i + 1).toArray();

    StreamSummary s =
        folded(StreamFold.exact(FakeNetworks.always(ROUTE)), List.of(), oneToHundredAndOne);

    assertThat(s.latencyMs()).isEqualTo(51);
    assertThat(s.filed())
        .containsEntry("latency_p50_ms", 51.0)
        .containsEntry("latency_p95_ms", 96.0)
        .containsEntry("latency_p99_ms", 100.0);
  }

  @Test
  void anyFold_route_flopsAndSizeAreThoseOfTheNetworkThatRan() {
    StreamSummary s = folded(StreamFold.sketching(FakeNetworks.always(ROUTE)), List.of(), 5, 6);

    assertThat((Double) s.filed().get("mflops")).isCloseTo(ROUTE.flops() / 1e6, within(1e-9));
    assertThat((Double) s.filed().get("size_mib")).isCloseTo(ROUTE.sizeMib(), within(1e-9));
  }

  @Test
  void anyFold_labels_decideWhereTheAccuracyComesFrom() {
    StreamSummary measured = folded(StreamFold.exact(FakeNetworks.always(ROUTE)), List.of(1), 5);
    StreamSummary profile = folded(StreamFold.exact(FakeNetworks.always(ROUTE)), List.of(), 5);

    assertThat(measured.source()).isEqualTo(AccuracySource.MEASURED);
    assertThat(measured.accuracy()).isEqualTo(1);
    assertThat(profile.source()).isEqualTo(AccuracySource.PROFILE);
    assertThat(profile.accuracy()).isEqualTo(0.9);
  }

  @Test
  void summary_noTasks_isRefused() {
    assertThatThrownBy(
            () ->
                StreamFold.exact(FakeNetworks.always(ROUTE))
                    .summary("x", SCENARIO, 0, 0, new DecisionTimes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
  }
}
