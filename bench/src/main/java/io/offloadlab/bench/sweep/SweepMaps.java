package io.offloadlab.bench.sweep;

import io.offloadlab.bench.figure.Figure;
import io.offloadlab.bench.figure.Figure.Axis;
import io.offloadlab.bench.figure.Figure.Scale;
import io.offloadlab.bench.figure.Figure.Tiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where each strategy is the fastest, and what it costs elsewhere: a map per strategy over the two
 * settings with the most values.
 */
final class SweepMaps {
  /** What a map may have across and up. */
  private enum Setting {
    ACCURACY("least accuracy asked for", Cell::accuracy),
    BATCH("images per task", Cell::batch),
    LINK("link", Cell::link),
    EDGE_SPEED("speed of the edges", Cell::edgeSpeed),
    EDGES("edges", Cell::edges);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // A function of its argument alone.
    private final Function<Cell, Object> value;

    Setting(String title, Function<Cell, Object> value) {
      this.title = title;
      this.value = value;
    }

    String of(Cell cell) {
      return String.valueOf(value.apply(cell));
    }

    List<String> values(List<Cell> cells) {
      Set<String> values = new LinkedHashSet<>();
      cells.forEach(c -> values.add(of(c)));
      return List.copyOf(values);
    }
  }

  private SweepMaps() {}

  /**
   * One for each strategy, of its latency divided by that of the fastest strategy in the same cell:
   * the geometric mean over seeds and whatever else was varied.
   *
   * @return empty where fewer than two settings or strategies were varied
   */
  static List<Figure> of(List<Cell> cells, Map<String, CellResult> done) {
    List<Setting> varied =
        Arrays.stream(Setting.values())
            .filter(s -> s.values(cells).size() > 1)
            .sorted(Comparator.comparingInt((Setting s) -> s.values(cells).size()).reversed())
            .limit(2)
            .toList();
    Map<Cell, Map<String, Double>> bySetting = new LinkedHashMap<>();
    for (Cell cell : cells) {
      CellResult result = done.get(cell.key());
      if (result != null && result.values().get("latency_mean_ms") instanceof Number ms) {
        bySetting
            .computeIfAbsent(whoever(cell), c -> new LinkedHashMap<>())
            .put(cell.strategy(), ms.doubleValue());
      }
    }
    List<String> strategies = cells.stream().map(Cell::strategy).distinct().toList();
    if (varied.size() < 2 || strategies.size() < 2 || bySetting.isEmpty()) {
      return List.of();
    }
    List<Figure> maps = new ArrayList<>();
    for (String strategy : strategies) {
      maps.add(map(strategy, varied.get(0), varied.get(1), cells, bySetting));
    }
    return maps;
  }

  private static Cell whoever(Cell c) {
    return new Cell("", c.accuracy(), c.batch(), c.link(), c.edgeSpeed(), c.edges(), c.seed());
  }

  private static Figure map(
      String strategy,
      Setting across,
      Setting up,
      List<Cell> cells,
      Map<Cell, Map<String, Double>> bySetting) {
    List<String> columns = across.values(cells);
    List<String> rows = up.values(cells);
    double[][] logs = new double[rows.size()][columns.size()];
    int[][] counts = new int[rows.size()][columns.size()];
    bySetting.forEach(
        (cell, latencies) -> {
          Double own = latencies.get(strategy);
          if (own != null) {
            double best = latencies.values().stream().mapToDouble(ms -> ms).min().orElse(own);
            int row = rows.indexOf(up.of(cell));
            int column = columns.indexOf(across.of(cell));
            logs[row][column] += Math.log(own / best);
            counts[row][column]++;
          }
        });
    double[][] ratios = new double[rows.size()][columns.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        ratios[r][c] = counts[r][c] == 0 ? Double.NaN : Math.exp(logs[r][c] / counts[r][c]);
      }
    }
    return new Figure(
        "map-" + strategy,
        strategy + ": latency relative to the fastest",
        "1 where no strategy is faster; empty where it has no plan.",
        new Axis(across.title, Scale.LINEAR),
        new Axis(up.title, Scale.LINEAR),
        List.of(new Tiles(strategy, columns, rows, ratios)));
  }
}
