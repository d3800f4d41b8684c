package io.offloadlab.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.offloadlab.bench.figure.Trace;
import io.offloadlab.bench.metric.Column;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.Results;
import io.offloadlab.bench.metric.Way;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Streams as figures need them. */
final class Traces {
  private Traces() {}

  static Trace of(StrategyResult r) {
    List<TaskRecord> records = r.records();
    Map<String, Object> filed = r.summary().filed();
    Map<String, Double> parts = new LinkedHashMap<>();
    for (Column<Results.Row> part : Metrics.partsOfLatency()) {
      parts.put(part.header(), (Double) filed.get(part.key()));
    }
    return new Trace(
        r.strategy(),
        places(r),
        records.stream().mapToDouble(t -> t.latency().totalMs()).toArray(),
        records.stream().mapToDouble(t -> t.task().batch()).toArray(),
        records.stream().mapToDouble(t -> t.labels().isEmpty() ? -1 : t.correct()).toArray(),
        parts,
        counted(records.stream().map(t -> t.route().toString())),
        r.summary().accuracy(),
        (Double) filed.get("size_mib"));
  }

  /** Of tasks in the stream, those of a repeat after those of the one before. */
  private static double[] places(StrategyResult r) {
    double[] places = new double[r.records().size()];
    int at = 0;
    double first = 0;
    for (StrategyResult.Repeat repeat : r.repeats()) {
      double last = -1;
      for (TaskRecord t : repeat.records()) {
        places[at++] = first + t.task().id();
        last = Math.max(last, t.task().id());
      }
      first += last + 1;
    }
    return places;
  }

  /**
   * Those of a run's files.
   *
   * @param prefix of their names
   */
  static List<Trace> of(RunFiles files, String prefix) {
    List<Trace> traces = new ArrayList<>();
    for (JsonNode outcome : files.run().path("strategies")) {
      JsonNode summary = outcome.path("summary");
      String name = summary.path("strategy").asText();
      Table tasks = files.tasks().where(files.tasks().stringColumn("strategy").isEqualTo(name));
      if (tasks.rowCount() > 0) {
        traces.add(of(prefix + name, tasks, summary.path("accuracy").asDouble(Double.NaN)));
      }
    }
    return traces;
  }

  private static Trace of(String name, Table tasks, double accuracy) {
    double[] latency = tasks.doubleColumn("latency_ms").asDoubleArray();
    double[] images = tasks.intColumn("images").asDoubleArray();
    IntColumn labelled = tasks.intColumn("correct");
    double[] correct =
        IntStream.range(0, latency.length)
            .mapToDouble(i -> labelled.isMissing(i) ? -1 : labelled.getInt(i))
            .toArray();
    Map<String, Double> parts = new LinkedHashMap<>();
    for (Column<Results.Row> part : Metrics.partsOfLatency()) {
      parts.put(part.header(), tasks.doubleColumn(part.key()).mean());
    }
    return new Trace(
        name,
        tasks.intColumn("task").asDoubleArray(),
        latency,
        images,
        correct,
        parts,
        counted(tasks.stringColumn("route").asList().stream()),
        accuracy,
        tasks.doubleColumn("size_mib").mean());
  }

  /** Routes by their shape, the most frequent first. */
  static Map<String, Integer> counted(Stream<String> routes) {
    Map<String, Long> byRoute =
        routes.collect(Collectors.groupingBy(x -> x, LinkedHashMap::new, Collectors.counting()));
    Map<String, Integer> byShape = new LinkedHashMap<>();
    byRoute.forEach((route, n) -> byShape.merge(shape(route), (int) (long) n, Integer::sum));
    return byShape.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /**
   * What a route came to: the component that gave the predictions, and how many ran on which kind
   * of node in order, such as {@code exit-3: 2 edge, 3 cloud}.
   */
  static String shape(String route) {
    Way way = Way.of(route);
    return way.exit()
        + ": "
        + way.stays().stream()
            .map(s -> s.components().size() + " " + s.kind())
            .collect(Collectors.joining(", "));
  }
}
