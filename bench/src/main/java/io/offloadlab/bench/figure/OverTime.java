package io.offloadlab.bench.figure;

import io.offloadlab.bench.figure.Figure.Axis;
import io.offloadlab.bench.figure.Figure.Line;
import io.offloadlab.bench.figure.Figure.Scale;
import io.offloadlab.bench.figure.Figure.Series;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Figures of a stream whose links change: what they were, and what became of latency meanwhile. */
public final class OverTime {
  private static final int BINS = 100;

  private OverTime() {}

  /**
   * When a stream's tasks began, and how long they took.
   *
   * @param name of the strategy, and of the run where there are several
   * @param startSeconds of each task, since the start of its stream
   * @param latencyMs of each task
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  public record Stream(String name, double[] startSeconds, double[] latencyMs) {
    private double end() {
      double end = 0;
      for (int i = 0; i < startSeconds.length; i++) {
        end = Math.max(end, startSeconds[i] + latencyMs[i] / 1e3);
      }
      return end;
    }
  }

  /**
   * What a link was.
   *
   * @param name of the edge, and of the run where there are several
   * @param fromSeconds ascending; from each time on it was so, until the next
   * @param mbit Mbit/s from the edge to the cloud
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  public record Link(String name, double[] fromSeconds, double[] mbit) {}

  /**
   * The figures.
   *
   * @param streams may be empty where it is not known when tasks began
   * @param links those that change; empty for no figure
   */
  public static List<Figure> of(List<Stream> streams, List<Link> links) {
    if (links.isEmpty()) {
      return List.of();
    }
    double end = streams.stream().mapToDouble(Stream::end).max().orElse(0);
    List<Figure> figures = new ArrayList<>();
    figures.add(rates(links, end));
    if (end > 0) {
      figures.add(latencies(streams, end));
    }
    return figures;
  }

  private static Figure rates(List<Link> links, double end) {
    return new Figure(
        "links",
        "Link rates over time",
        "What was emulated from devices to the cloud, on the clock of each strategy's stream.",
        new Axis("seconds since the start of the stream", Scale.LINEAR),
        new Axis("uplink, Mbit/s", Scale.LINEAR),
        links.stream().<Series>map(l -> steps(l, end)).toList());
  }

  private static Line steps(Link link, double end) {
    int n = 0;
    while (n < link.fromSeconds().length && (end == 0 || link.fromSeconds()[n] <= end)) {
      n++;
    }
    boolean closed = n > 0 && end > link.fromSeconds()[n - 1];
    double[] x = new double[n + (closed ? 1 : 0)];
    double[] y = new double[x.length];
    System.arraycopy(link.fromSeconds(), 0, x, 0, n);
    System.arraycopy(link.mbit(), 0, y, 0, n);
    if (closed) {
      x[n] = end;
      y[n] = y[n - 1];
    }
    return new Line(link.name(), x, y, true, false);
  }

  private static Figure latencies(List<Stream> streams, double end) {
    return new Figure(
        "latency-over-time",
        "Latency over time",
        "Mean latency of the tasks that began within the same step of time.",
        new Axis("seconds since the start of the stream", Scale.LINEAR),
        new Axis("mean latency, ms", Scale.LOGARITHMIC),
        streams.stream().<Series>map(s -> binned(s, end)).toList());
  }

  private static Line binned(Stream stream, double end) {
    double width = round(end / BINS);
    NavigableMap<Long, DoubleSummaryStatistics> bins = new TreeMap<>();
    for (int i = 0; i < stream.latencyMs().length; i++) {
      bins.computeIfAbsent(
              (long) (stream.startSeconds()[i] / width), b -> new DoubleSummaryStatistics())
          .accept(stream.latencyMs()[i]);
    }
    return new Line(
        stream.name(),
        bins.keySet().stream().mapToDouble(b -> b * width).toArray(),
        // A simulated task may take no time at all, which has no place on such an axis.
        bins.values().stream().mapToDouble(b -> Math.max(1e-3, b.getAverage())).toArray(),
        true,
        false);
  }

  /** The next larger of 1, 2 and 5 times a power of ten. */
  private static double round(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (int times : new int[] {1, 2, 5}) {
      if (times * power >= width) {
        return times * power;
      }
    }
    return 10 * power;
  }
}
