package io.offloadlab.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.offloadlab.bench.figure.Figure;
import io.offloadlab.bench.figure.OverTime;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** When tasks began, and what links were then, as figures need it: of the first repeat. */
final class StreamTimes {
  private static final double BYTES_PER_MBIT = 1e6 / 8;

  private StreamTimes() {}

  /** Figures of a run whose links change; none where they do not. */
  static List<Figure> figures(Scenario scenario, List<StrategyResult> results) {
    if (scenario.linkChanges().isEmpty()) {
      return List.of();
    }
    List<OverTime.Link> links = new ArrayList<>();
    for (int i = 0; i < scenario.edges(); i++) {
      LinkChanges changes = scenario.linkChanges().get(i);
      List<double[]> points = new ArrayList<>();
      points.add(point(0, changes.at(0, scenario.links().get(i)).upBytesPerSecond()));
      changes.changes().stream()
          .filter(c -> c.seconds() > 0)
          .forEach(c -> points.add(point(c.seconds(), c.link().upBytesPerSecond())));
      links.add(link(i, points));
    }
    List<OverTime.Stream> streams = new ArrayList<>();
    for (StrategyResult r : results) {
      List<TaskRecord> records =
          r.repeats().get(0).records().stream()
              .sorted(Comparator.comparingInt(t -> t.task().id()))
              .toList();
      double[] latency = records.stream().mapToDouble(t -> t.latency().totalMs()).toArray();
      double[] start =
          scenario.arrivals() instanceof Arrivals.Sequential s
              ? sequential(
                  records.stream().mapToInt(t -> t.task().id()).toArray(), latency, s.inFlight())
              : records.stream().mapToDouble(t -> t.task().arrivalSeconds()).toArray();
      streams.add(new OverTime.Stream(r.strategy(), start, latency));
    }
    return OverTime.of(streams, links);
  }

  /** The same from a run's files. When tasks of a random process arrived is not in them. */
  static List<Figure> figures(RunFiles files) {
    JsonNode scenario = files.run().path("scenario");
    JsonNode changes = scenario.path("linkChanges");
    List<OverTime.Link> links = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      List<double[]> points = new ArrayList<>();
      points.add(point(0, scenario.path("links").path(i).path("upBytesPerSecond").asDouble()));
      for (JsonNode c : changes.path(i).path("changes")) {
        double seconds = c.path("seconds").asDouble();
        if (seconds == 0) {
          points.clear();
        }
        points.add(point(seconds, c.path("link").path("upBytesPerSecond").asDouble()));
      }
      links.add(link(i, points));
    }
    if (links.isEmpty()) {
      return List.of();
    }
    int inFlight = scenario.path("arrivals").path("inFlight").asInt(0);
    List<OverTime.Stream> streams = new ArrayList<>();
    for (JsonNode outcome : files.run().path("strategies")) {
      String name = outcome.path("summary").path("strategy").asText();
      Table tasks = files.tasks().where(files.tasks().stringColumn("strategy").isEqualTo(name));
      tasks = tasks.where(tasks.intColumn("repeat").isEqualTo(1)).sortOn("task");
      if (inFlight > 0 && tasks.rowCount() > 0) {
        double[] latency = tasks.doubleColumn("latency_ms").asDoubleArray();
        int[] ids = tasks.intColumn("task").asIntArray();
        streams.add(new OverTime.Stream(name, sequential(ids, latency, inFlight), latency));
      }
    }
    return OverTime.of(streams, links);
  }

  /** A task begins when one before it ends; of long streams not every task is here. */
  static double[] sequential(int[] ids, double[] latencyMs, int inFlight) {
    double[] start = new double[ids.length];
    for (int i = 1; i < ids.length; i++) {
      start[i] = start[i - 1] + (ids[i] - ids[i - 1]) * latencyMs[i - 1] / 1e3 / inFlight;
    }
    return start;
  }

  private static double[] point(double seconds, double bytesPerSecond) {
    return new double[] {seconds, bytesPerSecond / BYTES_PER_MBIT};
  }

  private static OverTime.Link link(int edge, List<double[]> points) {
    return new OverTime.Link(
        String.format(Locale.ROOT, "edge-%d", edge + 1),
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }
}
