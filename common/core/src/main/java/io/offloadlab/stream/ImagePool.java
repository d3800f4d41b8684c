package io.offloadlab.stream;

import java.util.Locale;

/**
 * The images that a stream draws from: some record numbers of a data set, at equal distances.
 *
 * @param count how many, positive
 * @param first the least record number
 * @param step from one to the next
 */
public record ImagePool(int count, int first, int step) {
  /**
   * @throws IllegalArgumentException if there is no image, or numbers are negative
   */
  public ImagePool {
    if (count < 1 || first < 0 || step < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a stream needs images with record numbers, not %d from %d by %d",
              count,
              first,
              step));
    }
  }

  /** Every image of a data set that has so many. */
  public static ImagePool all(int images) {
    return new ImagePool(images, 0, 1);
  }

  /** Those of odd record numbers, of a data set that has so many images. */
  public static ImagePool odd(int images) {
    return new ImagePool(images / 2, 1, 2);
  }

  /** The record number of one of them, which are counted from 0. */
  int record(int index) {
    return first + index * step;
  }
}
