package io.offloadlab.twin.study;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Utility against something, with confidence intervals.
 *
 * @param title what is shown
 * @param against what the horizontal axis is
 */
record StudyChart(String title, String against) {
  private static final double LEAST_SHOWN = 0.70;
  private static final double MOST_SHOWN = 0.88;

  /** Okabe and Ito's palette. */
  private static final Color[] PALETTE = {
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xE69F00),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0x0072B2),
    new Color(0xF0E442),
    new Color(0x000000)
  };

  void write(Path file, List<Integer> xs, Map<String, List<Spread>> curves) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(860)
            .height(460)
            .title(title)
            .xAxisTitle(against)
            .yAxisTitle("utility per task in s (below " + LEAST_SHOWN + " not shown)")
            .build();
    chart.getStyler().setSeriesColors(PALETTE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setYAxisMin(LEAST_SHOWN);
    chart.getStyler().setYAxisMax(MOST_SHOWN);
    curves.forEach(
        (policy, spreads) -> {
          // A policy leaves the picture where its queues do not settle any more.
          List<Integer> shown =
              IntStream.range(0, xs.size())
                  .filter(i -> spreads.get(i).mean() >= LEAST_SHOWN)
                  .boxed()
                  .toList();
          if (!shown.isEmpty()) {
            chart.addSeries(
                policy,
                shown.stream().mapToDouble(xs::get).toArray(),
                shown.stream().mapToDouble(i -> spreads.get(i).mean()).toArray(),
                shown.stream().mapToDouble(i -> spreads.get(i).confidence()).toArray());
          }
        });
    try (OutputStream out = Files.newOutputStream(file)) {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    }
  }
}
