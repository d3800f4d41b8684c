package io.offloadlab.bench.figure;

import java.util.List;

/**
 * A picture.
 *
 * @param id its name in files
 * @param title above it
 * @param note below it: how to read it
 * @param x across
 * @param y up
 * @param series at least one
 */
public record Figure(String id, String title, String note, Axis x, Axis y, List<Series> series) {
  /** Copies the list. */
  public Figure {
    series = List.copyOf(series);
  }

  /**
   * An axis.
   *
   * @param title with its unit
   * @param scale how values lie on it
   */
  public record Axis(String title, Scale scale) {}

  /** How values lie on an axis. */
  public enum Scale {
    LINEAR,
    LOGARITHMIC,
    /** Between 0 and 1, shown in percent. */
    SHARE
  }

  /** What is drawn in one colour. */
  public sealed interface Series {
    /** What it is called in the legend. */
    String name();
  }

  /**
   * Points with lines between them.
   *
   * @param x of the points, ascending
   * @param y as many
   * @param steps whether a value holds until the next one
   * @param dashed whether it is no strategy's own
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  public record Line(String name, double[] x, double[] y, boolean steps, boolean dashed)
      implements Series {}

  /**
   * Points by themselves.
   *
   * @param size of each, which its area shows
   * @param sizeTitle what the size is, with its unit
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  public record Points(String name, double[] x, double[] y, double[] size, String sizeTitle)
      implements Series {}

  /**
   * A piece of every bar, stacked on those of the series before.
   *
   * @param bars names, the same for all series of a figure
   * @param values as many
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  public record Bars(String name, List<String> bars, double[] values) implements Series {
    /** Copies the list. */
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /**
   * Numbers in the fields of a grid, the only series of its figure.
   *
   * @param across names of the columns
   * @param up names of the rows, the lowest first
   * @param values by row and column; NaN for none
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Tiles(String name, List<String> across, List<String> up, double[][] values)
      implements Series {
    /** Copies the lists. */
    public Tiles {
      across = List.copyOf(across);
      up = List.copyOf(up);
    }
  }

  /** Whether it is one of bars, which have names across. */
  boolean hasBars() {
    return series.get(0) instanceof Bars;
  }
}
