package io.offloadlab.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class GroupingTest {
  private static final Route CLOUD = Route.onOneNode(FakeNetworks.CHAIN, NodeId.CLOUD);
  private static final Route STEM =
      Route.onOneNode(FakeNetworks.CHAIN.subList(0, 1), NodeId.edge(1));

  /** Of "a" task 0 on edge-1 and 1 on edge-2, of "b" tasks 0 and 2 on edge-1. */
  private static final Table TASKS =
      Table.create(
          new Sheet<>(
                  Metrics.ofTasks(),
                  List.of(
                      row("a", 0, CLOUD, 10),
                      row("a", 1, CLOUD, 20),
                      row("b", 0, STEM, 2),
                      row("b", 2, CLOUD, 4)))
              .values());

  private static TaskRow row(String strategy, int id, Route route, double ms) {
    Task task = FakeNetworks.tasks(3, 1).get(id);
    return new TaskRow(
        strategy,
        1,
        new TaskRecord(task, route, List.of(1), List.of(), new Latency(ms, ms, 0, 0, 0, 0)));
  }

  @Test
  void of_strategy_countsTasksAndAveragesEveryQuantity() {
    Table groups = Grouping.STRATEGY.of(TASKS);

    assertThat(groups.stringColumn("strategy").asList()).containsExactly("a", "b");
    assertThat(groups.intColumn("tasks").asList()).containsExactly(2, 2);
    assertThat(groups.doubleColumn("latency_ms").asList()).containsExactly(15.0, 3.0);
    assertThat(groups.columnNames()).contains("queue_ms", "mflops", "size_mib");
  }

  @Test
  void of_device_splitsByEdge() {
    Table groups = Grouping.DEVICE.of(TASKS);

    assertThat(groups.stringColumn("device").asList())
        .containsExactly("edge-1", "edge-2", "edge-1");
    assertThat(groups.doubleColumn("latency_ms").asList()).containsExactly(10.0, 20.0, 3.0);
  }

  @Test
  void of_routeAndExit_splitByWhatRan() {
    assertThat(Grouping.ROUTE.of(TASKS).rowCount()).isEqualTo(3);
    assertThat(Grouping.EXIT.of(TASKS).stringColumn("exit").asList())
        .containsExactly("head", "root", "head");
  }

  @Test
  void of_tableWithoutAColumn_failsNamingIt() {
    Table older = Table.create(TASKS.columns()).removeColumns("exit");

    assertThatThrownBy(() -> Grouping.EXIT.of(older))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("'exit'");
  }
}
