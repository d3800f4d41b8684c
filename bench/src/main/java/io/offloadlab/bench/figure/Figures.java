package io.offloadlab.bench.figure;

import io.offloadlab.bench.figure.Figure.Axis;
import io.offloadlab.bench.figure.Figure.Bars;
import io.offloadlab.bench.figure.Figure.Line;
import io.offloadlab.bench.figure.Figure.Points;
import io.offloadlab.bench.figure.Figure.Scale;
import io.offloadlab.bench.figure.Figure.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The figures of a run. */
public final class Figures {
  private static final int MOST_POINTS = 400;
  private static final int MOST_DECISIONS = 10;
  private static final String OTHERS = "others";

  private Figures() {}

  /**
   * All figures for which there is something to draw.
   *
   * @param traces of all strategies, at least one
   */
  public static List<Figure> of(List<Trace> traces) {
    List<Figure> all = new ArrayList<>();
    // Random weights have no accuracy to trade.
    if (traces.stream().noneMatch(t -> Double.isNaN(t.accuracy()))) {
      all.add(tradeoff(traces));
    }
    all.add(breakdown(traces));
    all.add(latency(traces));
    all.add(distribution(traces));
    if (traces.stream().anyMatch(Trace::isLabelled)) {
      all.add(accuracy(traces));
    }
    all.add(decisions(traces));
    return all;
  }

  private static Figure latency(List<Trace> traces) {
    List<Series> lines = new ArrayList<>();
    for (Trace t : traces) {
      double[] ones = new double[t.latencyMs().length];
      Arrays.fill(ones, 1);
      lines.add(running(t, t.latencyMs(), ones));
    }
    return new Figure(
        "latency",
        "Latency along the stream",
        "Mean of all tasks up to this one.",
        new Axis("task", Scale.LINEAR),
        new Axis("mean latency so far, ms", Scale.LINEAR),
        lines);
  }

  private static Figure accuracy(List<Trace> traces) {
    return new Figure(
        "accuracy",
        "Accuracy along the stream",
        "Share of all images up to this task that were classified as labelled.",
        new Axis("task", Scale.LINEAR),
        new Axis("accuracy so far", Scale.SHARE),
        traces.stream()
            .filter(Trace::isLabelled)
            .<Series>map(t -> running(t, t.correct(), t.images()))
            .toList());
  }

  /** Sums of one up to each task, divided by sums of another; at equal distances along a stream. */
  private static Line running(Trace t, double[] above, double[] below) {
    int n = above.length;
    int points = Math.min(n, MOST_POINTS);
    double[] x = new double[points];
    double[] y = new double[points];
    double a = 0;
    double b = 0;
    int done = 0;
    for (int p = 0; p < points; p++) {
      int until = (int) ((p + 1L) * n / points);
      for (; done < until; done++) {
        a += above[done];
        b += below[done];
      }
      x[p] = t.place()[done - 1];
      y[p] = a / b;
    }
    return new Line(t.name(), x, y, false, false);
  }

  private static Figure distribution(List<Trace> traces) {
    return new Figure(
        "distribution",
        "Distribution of the latency",
        "Share of the tasks that were done within a time; the median is at 50%.",
        new Axis("latency, ms", Scale.LOGARITHMIC),
        new Axis("share of tasks", Scale.SHARE),
        traces.stream().<Series>map(Figures::cumulative).toList());
  }

  private static Line cumulative(Trace t) {
    double[] sorted = t.latencyMs().clone();
    Arrays.sort(sorted);
    int points = Math.min(sorted.length, MOST_POINTS);
    double[] x = new double[points];
    double[] y = new double[points];
    for (int p = 0; p < points; p++) {
      int rank = (int) ((p + 1L) * sorted.length / points);
      // A simulated task may take no time at all, which has no place on such an axis.
      x[p] = Math.max(1e-3, sorted[rank - 1]);
      y[p] = (double) rank / sorted.length;
    }
    return new Line(t.name(), x, y, true, false);
  }

  private static Figure breakdown(List<Trace> traces) {
    Set<String> parts = new LinkedHashSet<>();
    traces.forEach(t -> parts.addAll(t.parts().keySet()));
    List<String> names = traces.stream().map(Trace::name).toList();
    return new Figure(
        "breakdown",
        "Where the time goes",
        "Mean parts of the latency, which add up to it.",
        new Axis("", Scale.LINEAR),
        new Axis("ms per task", Scale.LINEAR),
        parts.stream()
            .<Series>map(
                part ->
                    new Bars(
                        part,
                        names,
                        traces.stream()
                            .mapToDouble(t -> t.parts().getOrDefault(part, 0.0))
                            .toArray()))
            .toList());
  }

  private static Figure tradeoff(List<Trace> traces) {
    List<Series> all = new ArrayList<>();
    for (Trace t : traces) {
      all.add(
          new Points(
              t.name(),
              new double[] {mean(t)},
              new double[] {t.accuracy()},
              new double[] {t.sizeMib()},
              "network, MiB"));
    }
    List<Trace> front = front(traces);
    if (front.size() > 1) {
      all.add(
          new Line(
              "not beaten in both",
              front.stream().mapToDouble(Figures::mean).toArray(),
              front.stream().mapToDouble(Trace::accuracy).toArray(),
              true,
              true));
    }
    return new Figure(
        "tradeoff",
        "Accuracy, latency and size",
        "Up and to the left is better; the area of a circle is the size of the network. No strategy is both faster and more accurate than one on the dashed line.",
        new Axis("mean latency, ms", Scale.LINEAR),
        new Axis("accuracy", Scale.SHARE),
        all);
  }

  private static double mean(Trace t) {
    return Arrays.stream(t.latencyMs()).average().orElse(0);
  }

  /** Those than which none is both faster and more accurate, the fastest first. */
  private static List<Trace> front(List<Trace> traces) {
    List<Trace> front = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    Comparator<Trace> order =
        Comparator.comparingDouble(Figures::mean)
            .thenComparing(Comparator.comparingDouble(Trace::accuracy).reversed());
    for (Trace t : traces.stream().sorted(order).toList()) {
      if (t.accuracy() > best) {
        best = t.accuracy();
        front.add(t);
      }
    }
    return front;
  }

  private static Figure decisions(List<Trace> traces) {
    Map<String, Integer> totals = new LinkedHashMap<>();
    traces.forEach(t -> t.decisions().forEach((d, n) -> totals.merge(d, n, Integer::sum)));
    List<String> shown =
        totals.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_DECISIONS)
            .map(Map.Entry::getKey)
            .toList();
    List<String> names = traces.stream().map(Trace::name).toList();
    List<Series> pieces = new ArrayList<>();
    for (String decision : shown) {
      pieces.add(
          new Bars(decision, names, shares(traces, t -> t.decisions().getOrDefault(decision, 0))));
    }
    if (shown.size() < totals.size()) {
      pieces.add(
          new Bars(
              OTHERS,
              names,
              shares(
                  traces,
                  t ->
                      t.decisions().entrySet().stream()
                          .filter(e -> !shown.contains(e.getKey()))
                          .mapToInt(Map.Entry::getValue)
                          .sum())));
    }
    return new Figure(
        "decisions",
        "Decisions taken",
        "How often a task ended at which exit, and how many components ran on which nodes on the way.",
        new Axis("", Scale.LINEAR),
        new Axis("share of tasks", Scale.SHARE),
        pieces);
  }

  private static double[] shares(List<Trace> traces, ToIntFunction<Trace> count) {
    return traces.stream()
        .mapToDouble(t -> (double) count.applyAsInt(t) / t.latencyMs().length)
        .toArray();
  }
}
