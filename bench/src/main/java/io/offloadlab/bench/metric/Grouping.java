package io.offloadlab.bench.metric;

import static tech.tablesaw.table.TableSliceGroup.aggregateColumnName;

import io.offloadlab.failure.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** What the tasks of every strategy are grouped by. */
public enum Grouping {
  /** All of them together. */
  STRATEGY,
  /** By the edge that they were assigned to. */
  DEVICE,
  /** By what ran where. */
  ROUTE,
  /** By the component that gave the predictions. */
  EXIT,
  /** How often each exit, split, variant and node was chosen. */
  DECISION,
  /** How often each component ran on which node. */
  COMPONENT;

  private static final String COUNTED = "task";

  /**
   * The number of tasks per group, and the mean of every quantity where a task is in one group.
   *
   * @param tasks a table of {@code tasks.csv}
   * @throws RunFailure if it lacks a column
   */
  public Table of(Table tasks) {
    if (this == DECISION || this == COMPONENT) {
      check(tasks, TaskFact.NEEDED);
      List<TaskFact> facts = TaskFact.of(tasks);
      return Table.create(
          (this == DECISION ? DecisionRow.of(facts) : ComponentRow.of(facts, Map.of())).values());
    }
    List<String> by = this == STRATEGY ? List.of(key()) : List.of(STRATEGY.key(), key());
    List<Column<TaskRow>> quantities =
        Metrics.ofTasks().stream().filter(c -> c.reading() instanceof Reading.Decimal).toList();
    List<String> summed = new ArrayList<>(List.of(COUNTED));
    quantities.forEach(c -> summed.add(c.key()));
    check(tasks, by);
    check(tasks, summed);
    Table raw =
        tasks
            .summarize(summed, AggregateFunctions.count, AggregateFunctions.mean)
            .by(by.toArray(String[]::new));
    Table groups = Table.create();
    by.forEach(k -> groups.addColumns(raw.column(k)));
    NumericColumn<?> counts =
        raw.numberColumn(aggregateColumnName(COUNTED, AggregateFunctions.count.functionName()));
    groups.addColumns(counts.asDoubleColumn().asIntColumn().setName("tasks"));
    for (Column<TaskRow> c : quantities) {
      DoubleColumn mean =
          raw.doubleColumn(aggregateColumnName(c.key(), AggregateFunctions.mean.functionName()));
      mean.setName(c.key());
      mean.setPrintFormatter(c.unit().formatter());
      groups.addColumns(mean);
    }
    return groups;
  }

  private static void check(Table tasks, List<String> keys) {
    for (String key : keys) {
      if (!tasks.containsColumn(key)) {
        throw new RunFailure(
            "the table of tasks has no column '%s': is it of an older version?".formatted(key));
      }
    }
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
