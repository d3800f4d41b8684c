package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public class SummaryRowTest {
  private static final Route ROUTE = Route.onOneNode(FakeNetworks.CHAIN, NodeId.CLOUD);

  public static StrategyResult resultWithLatencies(String name, int... totals) {
    List<Task> tasks = FakeNetworks.tasks(totals.length, 1);
    List<TaskRecord> records =
        IntStream.range(0, totals.length)
            .mapToObj(
                i ->
                    new TaskRecord(
                        tasks.get(i),
                        ROUTE,
                        List.of(1),
                        List.of(1),
                        new Latency(totals[i], 0, totals[i] - 1, 0.25, 0.5, 0.25)))
            .toList();
    return new StrategyResult(
        name, records, 0.8, AccuracySource.MEASURED, 0.81, 0.01, List.of("a remark & more"));
  }

  @Test
  void of_oneToHundredAndOne_givesTheirMeanAndOrderStatistics() {
    int[] oneToHundredAndOne = IntStream.rangeClosed(1, 101).toArray();

    SummaryRow row =
        SummaryRow.of(resultWithLatencies("x", oneToHundredAndOne), FakeNetworks.scenario(1, 0.5));

    assertThat(row.latencyMeanMs()).isEqualTo(51);
    assertThat(row.latencyP50Ms()).isEqualTo(51);
    assertThat(row.latencyP95Ms()).isEqualTo(96);
    assertThat(row.latencyP99Ms()).isEqualTo(100);
  }

  @Test
  void of_anyResult_partsAddUpToTheMean() {
    SummaryRow row =
        SummaryRow.of(resultWithLatencies("x", 5, 7, 12), FakeNetworks.scenario(1, 0.5));

    assertThat(row.edgeMs() + row.cloudMs() + row.uplinkMs() + row.downlinkMs() + row.queueMs())
        .isCloseTo(row.latencyMeanMs(), within(1e-9));
  }

  @Test
  void of_route_flopsAndSizeAreThoseOfTheNetworkThatRan() {
    SummaryRow row = SummaryRow.of(resultWithLatencies("x", 5), FakeNetworks.scenario(1, 0.5));

    assertThat(row.mflops()).isCloseTo(ROUTE.flops() / 1e6, within(1e-9));
    assertThat(row.sizeMib()).isCloseTo(ROUTE.sizeMib(), within(1e-9));
  }
}
