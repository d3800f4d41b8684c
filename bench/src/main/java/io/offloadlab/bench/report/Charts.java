package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.Column;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.Results;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of a report, as SVG, in colours that colour-blind readers can tell apart. */
final class Charts {
  /** Okabe and Ito's palette. */
  private static final Color[] PALETTE = {
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xD55E00),
    new Color(0x000000)
  };

  private static final int WIDTH = 860;
  private static final int HEIGHT = 360;
  private static final int MOST_POINTS = 500;

  private Charts() {}

  /** Where the mean latency went: a stacked bar per strategy. */
  static String breakdown(List<StrategyResult> results) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Mean latency and where it goes")
            .yAxisTitle("ms per task")
            .build();
    chart.getStyler().setStacked(true).setAvailableSpaceFill(0.5);
    style(chart);
    List<String> names = results.stream().map(StrategyResult::strategy).toList();
    for (Column<Results.Row> part : Metrics.partsOfLatency()) {
      List<Double> values =
          results.stream().map(r -> (Double) r.summary().filed().get(part.key())).toList();
      chart.addSeries(part.header(), names, values);
    }
    return svg(chart);
  }

  /** Latency along the stream: a line per strategy, each point the mean of a stretch of tasks. */
  static String overTasks(List<StrategyResult> results) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Latency along the stream")
            .xAxisTitle("task")
            .yAxisTitle("ms")
            .build();
    style(chart);
    for (StrategyResult r : results) {
      int stretch = Math.max(1, r.records().size() / MOST_POINTS);
      int points = r.records().size() / stretch;
      double[] x = IntStream.range(0, points).mapToDouble(i -> i * stretch).toArray();
      double[] y =
          IntStream.range(0, points)
              .mapToDouble(
                  i ->
                      r.records().subList(i * stretch, (i + 1) * stretch).stream()
                          .mapToDouble(t -> t.latency().totalMs())
                          .average()
                          .orElseThrow())
              .toArray();
      chart.addSeries(r.strategy(), x, y).setMarker(SeriesMarkers.NONE).setLineWidth(1.2f);
    }
    return svg(chart);
  }

  private static void style(Chart<?, ?> chart) {
    chart.getStyler().setSeriesColors(PALETTE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
  }

  private static String svg(Chart<?, ?> chart) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
      String document = out.toString(StandardCharsets.UTF_8);
      return document.substring(document.indexOf("<svg"));
    } catch (IOException e) {
      throw new IllegalStateException("a chart could not be drawn", e);
    }
  }
}
