package io.offloadlab.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.offloadlab.bench.metric.Interval;
import io.offloadlab.bench.metric.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * What two runs have otherwise, task by task.
 *
 * @param facts that differ, a line each: settings, weights, machines
 * @param streams of strategies that are in both
 * @param missing strategies that are in one of them alone
 */
public record RunDifference(List<String> facts, List<Stream> streams, List<String> missing) {
  private static final List<String> FACTS =
      List.of(
          "version",
          "machine",
          "model",
          "dataset",
          "weights",
          "images",
          "scenario",
          "options",
          "entries",
          "image_use",
          "tasks",
          "repeats");
  private static final int MOST_SHOWN = 120;

  /**
   * A strategy's stream in both runs.
   *
   * @param tasks that are in both
   * @param routes how many of these took another one
   * @param predictions how many of these predict otherwise
   * @param latencies how many of these took another time
   * @param firstMean mean latency in the first run, ms
   * @param secondMean of the same tasks in the second
   * @param ratioInterval of the second mean divided by the first; turns of tasks are drawn in pairs
   * @param example of a task that took another route; empty where none did
   */
  public record Stream(
      String strategy,
      int tasks,
      int routes,
      int predictions,
      int latencies,
      double firstMean,
      double secondMean,
      Interval ratioInterval,
      String example) {}

  private record Line(String route, String predictions, double latencyMs) {}

  /** Compares two runs. */
  public static RunDifference between(RunFiles first, RunFiles second) {
    Map<String, Map<String, Line>> a = lines(first.tasks());
    Map<String, Map<String, Line>> b = lines(second.tasks());
    List<Stream> streams = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    a.keySet().stream().filter(s -> !b.containsKey(s)).forEach(missing::add);
    b.keySet().stream().filter(s -> !a.containsKey(s)).forEach(missing::add);
    a.forEach(
        (strategy, tasks) -> {
          if (b.containsKey(strategy)) {
            streams.add(stream(strategy, tasks, b.get(strategy)));
          }
        });
    return new RunDifference(facts(first.run(), second.run()), streams, List.copyOf(missing));
  }

  private static Map<String, Map<String, Line>> lines(Table tasks) {
    boolean repeated = tasks.containsColumn("repeat");
    Map<String, Map<String, Line>> all = new LinkedHashMap<>();
    for (Row row : tasks) {
      String task = row.getInt("task") + (repeated ? " of repeat " + row.getObject("repeat") : "");
      all.computeIfAbsent(row.getString("strategy"), s -> new LinkedHashMap<>())
          .put(
              task,
              new Line(
                  row.getString("route"),
                  row.getString("predictions"),
                  row.getDouble("latency_ms")));
    }
    return all;
  }

  private static Stream stream(String strategy, Map<String, Line> a, Map<String, Line> b) {
    List<String> both = a.keySet().stream().filter(b::containsKey).toList();
    List<String> elsewhere =
        both.stream().filter(t -> !a.get(t).route().equals(b.get(t).route())).toList();
    int predictions =
        (int)
            both.stream()
                .filter(t -> !a.get(t).predictions().equals(b.get(t).predictions()))
                .count();
    double[] before = both.stream().mapToDouble(t -> a.get(t).latencyMs()).toArray();
    double[] after = both.stream().mapToDouble(t -> b.get(t).latencyMs()).toArray();
    return new Stream(
        strategy,
        both.size(),
        elsewhere.size(),
        predictions,
        (int) IntStream.range(0, before.length).filter(i -> before[i] != after[i]).count(),
        Arrays.stream(before).average().orElse(Double.NaN),
        Arrays.stream(after).average().orElse(Double.NaN),
        Samples.ratio(after, before),
        elsewhere.stream()
            .findFirst()
            .map(t -> "task %s: %s, then %s".formatted(t, a.get(t).route(), b.get(t).route()))
            .orElse(""));
  }

  private static List<String> facts(JsonNode a, JsonNode b) {
    List<String> facts = new ArrayList<>();
    for (String name : FACTS) {
      facts(name, a.path(name), b.path(name), facts);
    }
    return facts;
  }

  private static void facts(String name, JsonNode a, JsonNode b, List<String> into) {
    // An older version's scenarios lack what they could not have.
    if (a.equals(b) || (name.startsWith("scenario.") && a.isMissingNode())) {
      return;
    }
    if (a.isObject() && b.isObject()) {
      Set<String> keys = new LinkedHashSet<>();
      a.fieldNames().forEachRemaining(keys::add);
      b.fieldNames().forEachRemaining(keys::add);
      keys.forEach(k -> facts(name + "." + k, a.path(k), b.path(k), into));
      return;
    }
    into.add(String.format(Locale.ROOT, "%s: %s, then %s", name, shown(a), shown(b)));
  }

  private static String shown(JsonNode value) {
    String text =
        value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
