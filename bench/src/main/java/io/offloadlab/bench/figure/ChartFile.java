package io.offloadlab.bench.figure;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.offloadlab.bench.figure.Figure.Bars;
import io.offloadlab.bench.figure.Figure.Line;
import io.offloadlab.bench.figure.Figure.Points;
import io.offloadlab.bench.figure.Figure.Scale;
import io.offloadlab.bench.figure.Figure.Series;
import io.offloadlab.bench.figure.Figure.Tiles;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A figure as a file that needs no browser. */
public enum ChartFile {
  /** For papers. */
  SVG {
    @Override
    public void write(Figure figure, OutputStream out) throws IOException {
      VectorGraphicsEncoder.saveVectorGraphic(chart(figure), out, VectorGraphicsFormat.SVG);
    }
  },
  /** For slides. */
  PNG {
    @Override
    public void write(Figure figure, OutputStream out) throws IOException {
      BitmapEncoder.saveBitmap(chart(figure), out, BitmapFormat.PNG);
    }
  },
  /** The numbers that are drawn: a row for each point. */
  CSV {
    @Override
    public void write(Figure figure, OutputStream out) throws IOException {
      Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      CsvWriterSettings settings = new CsvWriterSettings();
      settings.getFormat().setLineSeparator("\n");
      CsvWriter csv = new CsvWriter(text, settings);
      csv.writeHeaders("series", "x", "y", "size");
      figure.series().forEach(s -> rows(s, csv));
      csv.flush();
      text.flush();
    }
  };

  private static final String PERCENT = "0.#%";
  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;

  /** Of a map's colours, so that small differences look small. */
  private static final double LEAST_RANGE = 2;

  /** Columns of a map whose numbers have room. */
  private static final int MOST_TOLD = 16;

  /** Okabe and Ito's colours, which colour-blind readers can tell apart. */
  private static final Color[] PALETTE =
      Arrays.stream(Palette.COLOURS).map(Color::decode).toArray(Color[]::new);

  /**
   * Writes it.
   *
   * @param out stays open
   * @throws IOException if it cannot be written
   */
  public abstract void write(Figure figure, OutputStream out) throws IOException;

  /** The end of its name. */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void rows(Series series, CsvWriter csv) {
    if (series instanceof Line line) {
      for (int i = 0; i < line.x().length; i++) {
        csv.writeRow(line.name(), line.x()[i], line.y()[i], null);
      }
    } else if (series instanceof Points points) {
      for (int i = 0; i < points.x().length; i++) {
        csv.writeRow(points.name(), points.x()[i], points.y()[i], points.size()[i]);
      }
    } else if (series instanceof Bars bars) {
      for (int i = 0; i < bars.bars().size(); i++) {
        csv.writeRow(bars.name(), bars.bars().get(i), bars.values()[i], null);
      }
    } else if (series instanceof Tiles tiles) {
      for (int row = 0; row < tiles.up().size(); row++) {
        for (int column = 0; column < tiles.across().size(); column++) {
          csv.writeRow(
              tiles.name(),
              tiles.across().get(column),
              tiles.up().get(row),
              tiles.values()[row][column]);
        }
      }
    }
  }

  static Chart<?, ?> chart(Figure figure) {
    if (figure.series().get(0) instanceof Tiles tiles) {
      return tiles(figure, tiles);
    }
    return figure.hasBars() ? bars(figure) : curves(figure);
  }

  private static HeatMapChart tiles(Figure figure, Tiles tiles) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(figure.title())
            .xAxisTitle(figure.x().title())
            .yAxisTitle(figure.y().title())
            .build();
    List<Number[]> fields = new ArrayList<>();
    double most = 1;
    for (int row = 0; row < tiles.up().size(); row++) {
      for (int column = 0; column < tiles.across().size(); column++) {
        double value = tiles.values()[row][column];
        if (!Double.isNaN(value)) {
          fields.add(new Number[] {column, row, value});
          most = Math.max(most, value);
        }
      }
    }
    chart.addSeries(tiles.name(), tiles.across(), tiles.up(), fields);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotContentSize(1);
    chart.getStyler().setMin(1).setMax(Math.max(Math.ceil(most), LEAST_RANGE));
    chart.getStyler().setRangeColors(new Color[] {new Color(0xe8f1fa), PALETTE[0]});
    boolean told = tiles.across().size() <= MOST_TOLD;
    chart.getStyler().setShowValue(told).setLegendVisible(!told);
    chart.getStyler().setHeatMapValueDecimalPattern("0.00");
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  private static CategoryChart bars(Figure figure) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(figure.title())
            .yAxisTitle(figure.y().title())
            .build();
    chart.getStyler().setStacked(true).setAvailableSpaceFill(0.5);
    style(chart);
    if (figure.y().scale() == Scale.SHARE) {
      chart.getStyler().setYAxisDecimalPattern(PERCENT);
    }
    figure.series().stream()
        .map(Bars.class::cast)
        .forEach(
            b -> chart.addSeries(b.name(), b.bars(), Arrays.stream(b.values()).boxed().toList()));
    return chart;
  }

  private static XYChart curves(Figure figure) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(figure.title())
            .xAxisTitle(figure.x().title())
            .yAxisTitle(figure.y().title())
            .build();
    style(chart);
    if (figure.y().scale() == Scale.SHARE) {
      chart.getStyler().setYAxisDecimalPattern(PERCENT);
    }
    chart.getStyler().setLocale(Locale.ROOT);
    if (figure.x().scale() == Scale.SHARE) {
      chart.getStyler().setXAxisDecimalPattern(PERCENT);
    }
    chart.getStyler().setXAxisLogarithmic(figure.x().scale() == Scale.LOGARITHMIC);
    for (Series s : figure.series()) {
      if (s instanceof Line line) {
        XYSeries drawn = chart.addSeries(line.name(), line.x(), line.y());
        drawn.setMarker(SeriesMarkers.NONE);
        drawn.setXYSeriesRenderStyle(
            line.steps() ? XYSeriesRenderStyle.Step : XYSeriesRenderStyle.Line);
        drawn.setLineWidth(1.4f);
        if (line.dashed()) {
          drawn.setLineStyle(
              new BasicStroke(
                  1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0));
          drawn.setLineColor(Color.GRAY);
        }
      } else if (s instanceof Points points) {
        chart
            .addSeries(points.name(), points.x(), points.y())
            .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
            .setMarker(SeriesMarkers.CIRCLE);
      }
    }
    return chart;
  }

  private static void style(Chart<?, ?> chart) {
    chart.getStyler().setSeriesColors(PALETTE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
  }
}
