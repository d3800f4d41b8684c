package io.offloadlab.bench.sweep;

import io.offloadlab.bench.figure.Figure;
import io.offloadlab.bench.figure.Figure.Axis;
import io.offloadlab.bench.figure.Figure.Line;
import io.offloadlab.bench.figure.Figure.Scale;
import io.offloadlab.bench.figure.Figure.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What accuracy costs: mean latency over the accuracy that was asked for. */
final class SweepCurves {
  /** More lines cannot be told apart. */
  private static final int MOST_LINES = 12;

  private SweepCurves() {}

  /** Mean latency of the cells of one threshold, which differ in their seeds. */
  private static final class Mean {
    private double latency;
    private int count;

    void add(double ms) {
      latency += ms;
      count++;
    }
  }

  /**
   * A line for each strategy and setting; the means over seeds.
   *
   * @return empty where fewer than two thresholds have results
   */
  static Optional<Figure> of(List<Cell> cells, Map<String, CellResult> done) {
    Map<String, Map<Double, Mean>> lines = new LinkedHashMap<>();
    for (Cell cell : cells) {
      CellResult result = done.get(cell.key());
      if (cell.accuracy() != null
          && result != null
          && result.values().get("latency_mean_ms") instanceof Number ms) {
        lines
            .computeIfAbsent(setting(cell), s -> new TreeMap<>())
            .computeIfAbsent(cell.accuracy(), a -> new Mean())
            .add(ms.doubleValue());
      }
    }
    List<Series> drawn = new ArrayList<>();
    lines.entrySet().stream()
        .filter(e -> e.getValue().size() > 1)
        .limit(MOST_LINES)
        .forEach(e -> drawn.add(line(e.getKey(), e.getValue())));
    if (drawn.isEmpty()) {
      return Optional.empty();
    }
    String left =
        lines.size() > drawn.size()
            ? String.format(
                Locale.ROOT, " The first %d of %d settings are drawn.", drawn.size(), lines.size())
            : "";
    return Optional.of(
        new Figure(
            "curves",
            "What accuracy costs",
            "Mean latency of the plans for each accuracy asked for; means over seeds." + left,
            new Axis("least accuracy asked for", Scale.SHARE),
            new Axis("mean latency, ms", Scale.LINEAR),
            drawn));
  }

  private static Line line(String name, Map<Double, Mean> means) {
    return new Line(
        name,
        means.keySet().stream().mapToDouble(a -> a).toArray(),
        means.values().stream().mapToDouble(m -> m.latency / m.count).toArray(),
        false,
        false);
  }

  private static String setting(Cell c) {
    return new Cell(c.strategy(), null, c.batch(), c.link(), c.edgeSpeed(), c.edges(), null).key();
  }
}
