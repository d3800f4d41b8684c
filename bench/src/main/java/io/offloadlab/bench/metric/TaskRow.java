package io.offloadlab.bench.metric;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import java.util.List;

/**
 * A row of {@code tasks.csv}.
 *
 * @param strategy whose task it was
 * @param repeat number of the repeat, from 1
 * @param record what came out of it
 */
public record TaskRow(String strategy, int repeat, TaskRecord record) {
  Task task() {
    return record.task();
  }

  String route() {
    return record.route().toString();
  }

  /** Images classified as labelled; none without labels. */
  int correct() {
    return record.labels().isEmpty() ? Reading.NONE : record.correct();
  }

  /** Classes, separated by blanks. */
  String predictions() {
    return String.join(" ", record.predictions().stream().map(String::valueOf).toList());
  }

  /** The component that gave the predictions. */
  String exit() {
    List<Component> ran = record.route().components();
    return ran.get(ran.size() - 1).name();
  }
}
