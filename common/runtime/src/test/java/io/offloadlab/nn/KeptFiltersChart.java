package io.offloadlab.nn;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The table of {@link KeptFiltersStudy} as a picture: time against filters, both of the whole. */
final class KeptFiltersChart {
  /** Of Okabe and Ito's palette. */
  private static final Color[] PALETTE = {
    new Color(0x0072B2), new Color(0x56B4E9), new Color(0xD55E00), new Color(0xE69F00)
  };

  private KeptFiltersChart() {}

  /**
   * Draws a table.
   *
   * @param csv of the study
   * @param svg is replaced
   */
  static void draw(Path csv, Path svg) throws IOException {
    Map<String, List<double[]>> curves = new LinkedHashMap<>();
    for (String line : Files.readAllLines(csv).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      String block =
          "%s filters at %sx%s, batch %s".formatted(cells[0], cells[1], cells[1], cells[2]);
      double share = Double.parseDouble(cells[3]) / Double.parseDouble(cells[0]);
      curves
          .computeIfAbsent(block, b -> new ArrayList<>())
          .add(new double[] {share, Double.parseDouble(cells[4])});
    }
    XYChart chart =
        new XYChartBuilder()
            .width(860)
            .height(460)
            .title("A basic block whose first convolution keeps some of its filters, one thread")
            .xAxisTitle("filters kept, of all")
            .yAxisTitle("time, of the whole block's")
            .build();
    chart.getStyler().setSeriesColors(PALETTE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setYAxisMin(0.0);
    curves.forEach(
        (block, points) -> {
          double whole = points.get(points.size() - 1)[1];
          chart
              .addSeries(
                  block,
                  points.stream().mapToDouble(p -> p[0]).toArray(),
                  points.stream().mapToDouble(p -> p[1] / whole).toArray())
              .setMarker(SeriesMarkers.NONE);
        });
    try (OutputStream out = Files.newOutputStream(svg)) {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    }
  }
}
