package io.offloadlab.bench.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a strategy did for one device's tasks.
 *
 * @param strategy name of its entry
 * @param device such as {@code edge-1}
 * @param tasks that came from there, at least one
 */
public record DeviceRow(String strategy, String device, List<TaskFact> tasks) {
  private static final List<Column<DeviceRow>> COLUMNS =
      List.of(
          Columns.text("strategy", "name of the strategy's entry", r -> r.strategy()),
          Columns.text("device", "edge that the tasks were assigned to", r -> r.device()),
          Columns.count("tasks", "tasks of that edge", r -> r.tasks().size()),
          Columns.number("accuracy", Unit.SHARE, "over their images", DeviceRow::accuracy),
          Columns.number("mean ms", Unit.MS, "mean latency", r -> r.mean(t -> t.latencyMs())),
          Columns.number("p50", Unit.MS, "median of the latency", r -> r.quantile(.5)),
          Columns.number("p95", Unit.MS, "95th percentile of the latency", r -> r.quantile(.95)),
          Columns.number("MFLOPs", Unit.MFLOP, "work per image", r -> r.mean(t -> t.mflops())),
          Columns.number("size MiB", Unit.MIB, "network that ran", r -> r.mean(t -> t.sizeMib())));

  /** Copies the list. */
  public DeviceRow {
    tasks = List.copyOf(tasks);
  }

  /** A row for each strategy and device, strategies in the order of their tasks. */
  public static Sheet<DeviceRow> of(List<TaskFact> tasks) {
    List<DeviceRow> rows = new ArrayList<>();
    tasks.stream()
        .map(TaskFact::strategy)
        .distinct()
        .forEach(
            strategy -> {
              Map<String, List<TaskFact>> byDevice =
                  tasks.stream()
                      .filter(t -> t.strategy().equals(strategy))
                      .collect(
                          Collectors.groupingBy(
                              TaskFact::device, DeviceRow::inOrder, Collectors.toList()));
              byDevice.forEach((device, of) -> rows.add(new DeviceRow(strategy, device, of)));
            });
    return new Sheet<>(COLUMNS, rows);
  }

  /** {@code edge-2} before {@code edge-10}. */
  private static TreeMap<String, List<TaskFact>> inOrder() {
    return new TreeMap<>(
        (a, b) ->
            a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b));
  }

  private double accuracy() {
    if (tasks.stream().anyMatch(t -> t.correct() < 0)) {
      return Double.NaN;
    }
    return (double) tasks.stream().mapToInt(TaskFact::correct).sum()
        / tasks.stream().mapToInt(TaskFact::images).sum();
  }

  private double mean(ToDoubleFunction<TaskFact> of) {
    return tasks.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  private double quantile(double at) {
    Quantiles all = new Quantiles.Exact();
    tasks.forEach(t -> all.add(t.latencyMs()));
    return all.at(at);
  }
}
