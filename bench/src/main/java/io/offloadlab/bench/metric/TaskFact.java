package io.offloadlab.bench.metric;

import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.TaskRecord;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What breakdowns need to know of a task, whether it has just run or is read from a file.
 *
 * @param strategy name of the strategy's entry
 * @param device edge that it was assigned to
 * @param way what ran where
 * @param latencyMs from arrival to prediction
 * @param mflops per image
 * @param sizeMib of the network that ran
 * @param images of the task
 * @param correct images classified as labelled; negative without labels
 */
public record TaskFact(
    String strategy,
    String device,
    Way way,
    double latencyMs,
    double mflops,
    double sizeMib,
    int images,
    int correct) {
  /** The columns of {@code tasks.csv} that it is read from. */
  static final List<String> NEEDED =
      List.of(
          "strategy", "device", "route", "latency_ms", "mflops", "size_mib", "images", "correct");

  /** Of every record of an entry. Tasks that share a route are looked at once. */
  public static List<TaskFact> of(String strategy, List<TaskRecord> records) {
    IdentityHashMap<Route, TaskFact> known = new IdentityHashMap<>();
    return records.stream()
        .map(
            r -> {
              TaskFact like =
                  known.computeIfAbsent(
                      r.route(),
                      route ->
                          new TaskFact(
                              strategy,
                              "",
                              Way.of(route.toString()),
                              0,
                              Metrics.MFLOPS.of(r),
                              Metrics.SIZE_MIB.of(r),
                              0,
                              0));
              return new TaskFact(
                  strategy,
                  r.task().device().toString(),
                  like.way(),
                  r.latency().totalMs(),
                  like.mflops(),
                  like.sizeMib(),
                  r.task().batch(),
                  r.labels().isEmpty() ? -1 : r.correct());
            })
        .toList();
  }

  /** Of every line of a table of {@code tasks.csv}. */
  public static List<TaskFact> of(Table tasks) {
    StringColumn strategy = tasks.stringColumn("strategy");
    StringColumn device = tasks.stringColumn("device");
    StringColumn route = tasks.stringColumn("route");
    DoubleColumn latency = tasks.doubleColumn("latency_ms");
    DoubleColumn mflops = tasks.doubleColumn("mflops");
    DoubleColumn size = tasks.doubleColumn("size_mib");
    IntColumn images = tasks.intColumn("images");
    IntColumn correct = tasks.intColumn("correct");
    return IntStream.range(0, tasks.rowCount())
        .mapToObj(
            i ->
                new TaskFact(
                    strategy.get(i),
                    device.get(i),
                    Way.of(route.get(i)),
                    latency.getDouble(i),
                    mflops.getDouble(i),
                    size.getDouble(i),
                    images.getInt(i),
                    correct.isMissing(i) ? -1 : correct.getInt(i)))
        .toList();
  }
}
