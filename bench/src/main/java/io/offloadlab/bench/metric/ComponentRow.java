package io.offloadlab.bench.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a strategy ran a component on a node, and how long it takes there.
 *
 * @param strategy name of its entry
 * @param component such as {@code block-3@0.6}
 * @param node where
 * @param tasks for how many
 * @param share of the strategy's tasks, in 0..1
 * @param ms milliseconds that the component takes there by itself for a task; NaN if unknown
 */
public record ComponentRow(
    String strategy, String component, String node, int tasks, double share, double ms) {
  private static final List<Column<ComponentRow>> COLUMNS =
      List.of(
          Columns.text("strategy", "name of the strategy's entry", r -> r.strategy()),
          Columns.text("component", "part of the network", r -> r.component()),
          Columns.text("node", "where it ran", r -> r.node()),
          Columns.count("tasks", "for how many tasks", r -> r.tasks()),
          Columns.number("share", Unit.SHARE, "of the strategy's tasks", r -> r.share()),
          Columns.number("ms alone", Unit.MS, "what it takes there by itself", r -> r.ms()));

  private record Place(String component, String node) {}

  /**
   * A row for each strategy, component and node, in the order in which components ran.
   *
   * @param seconds that components take for a task, by node and component
   */
  public static Sheet<ComponentRow> of(
      List<TaskFact> tasks, Map<String, Map<String, Double>> seconds) {
    Map<String, Integer> all = new LinkedHashMap<>();
    Map<String, Map<Place, Integer>> counts = new LinkedHashMap<>();
    for (TaskFact t : tasks) {
      all.merge(t.strategy(), 1, Integer::sum);
      Map<Place, Integer> own = counts.computeIfAbsent(t.strategy(), s -> new LinkedHashMap<>());
      for (Way.Stay stay : t.way().stays()) {
        stay.components().forEach(c -> own.merge(new Place(c, stay.node()), 1, Integer::sum));
      }
    }
    List<ComponentRow> rows = new ArrayList<>();
    counts.forEach(
        (strategy, places) ->
            places.forEach(
                (place, n) ->
                    rows.add(
                        new ComponentRow(
                            strategy,
                            place.component(),
                            place.node(),
                            n,
                            (double) n / all.get(strategy),
                            1e3
                                * seconds
                                    .getOrDefault(place.node(), Map.of())
                                    .getOrDefault(place.component(), Double.NaN)))));
    return new Sheet<>(COLUMNS, rows);
  }
}
