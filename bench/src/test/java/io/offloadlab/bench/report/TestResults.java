package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.DecisionTimes;
import io.offloadlab.bench.metric.Samples;
import io.offloadlab.bench.metric.StreamFold;
import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.List;
import java.util.stream.IntStream;

/** Made-up results. */
public final class TestResults {
  private static final Route ROUTE = Route.onOneNode(FakeNetworks.CHAIN, NodeId.CLOUD);

  private TestResults() {}

  /** Tasks that were all classified as labelled, on two edges in turn, within so many ms. */
  public static StrategyResult withLatencies(String name, int... totals) {
    return along(ROUTE, name, totals);
  }

  /** The same, with the network's first half on the first edge. */
  static StrategyResult split(String name, int... totals) {
    List<Component> chain = FakeNetworks.CHAIN;
    return along(Route.split(chain, chain.size() / 2, NodeId.edge(1), NodeId.CLOUD), name, totals);
  }

  private static StrategyResult along(Route route, String name, int... totals) {
    List<Task> tasks = FakeNetworks.tasks(totals.length, 1);
    List<TaskRecord> records =
        IntStream.range(0, totals.length)
            .mapToObj(
                i ->
                    new TaskRecord(
                        tasks.get(i),
                        route,
                        List.of(1),
                        List.of(1),
                        new Latency(totals[i], 0, totals[i] - 1, 0.25, 0.5, 0.25)))
            .toList();
    StreamFold fold = StreamFold.exact(FakeNetworks.always(route));
    records.forEach(fold);
    double seconds = IntStream.of(totals).sum() / 1e3;
    return StrategyResult.single(
        fold.summary(name, FakeNetworks.scenario(1, 0.5), seconds, 0.01, new DecisionTimes())
            .with(1, Samples.of(1, records, 1)),
        records,
        List.of("a remark & more"));
  }
}
