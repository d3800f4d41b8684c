package io.offloadlab.train.input;

import io.offloadlab.graph.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * Random changes of a normalised image that leave its class: crop of the image padded with zeros
 * (the data set's mean colour), horizontal flip, cutout (DeVries and Taylor, arXiv 1708.04552).
 *
 * @param padding zeros added on each side before the crop, at least 0
 * @param flip whether every other image is mirrored
 * @param cutout side of the square that is set to zero, 0 for none; centred anywhere in the image,
 *     so it may stick out
 */
public record Augmentation(int padding, boolean flip, int cutout) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Augmentation {
    if (padding < 0) {
      throw new IllegalArgumentException("padding is at least 0, not " + padding);
    }
    if (cutout < 0) {
      throw new IllegalArgumentException("--cutout is at least 0, not " + cutout);
    }
  }

  /** Images as they are. */
  public static Augmentation none() {
    return new Augmentation(0, false, 0);
  }

  /** The usual recipe for CIFAR: padding 4, flip. */
  public static Augmentation cropAndFlip() {
    return new Augmentation(4, true, 0);
  }

  /** The same augmentation with a cutout. */
  public Augmentation withCutout(int side) {
    return new Augmentation(padding, flip, side);
  }

  /**
   * Writes one changed image.
   *
   * @param image normalised, channels first, of the shape's elements
   * @param random draws the same number of values whatever the image
   * @param row scratch space of the shape's width
   * @param out takes the shape's elements from its position on
   */
  void apply(float[] image, Shape shape, RandomGenerator random, float[] row, FloatBuffer out) {
    int dy = padding == 0 ? 0 : random.nextInt(2 * padding + 1) - padding;
    int dx = padding == 0 ? 0 : random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = flip && random.nextBoolean();
    int top = shape.height();
    int left = shape.width();
    if (cutout > 0) {
      top = random.nextInt(shape.height()) - cutout / 2;
      left = random.nextInt(shape.width()) - cutout / 2;
    }
    int width = shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        int from = y + dy;
        boolean outside = from < 0 || from >= shape.height();
        int start = (c * shape.height() + from) * width;
        boolean cut = y >= top && y < top + cutout;
        for (int x = 0; x < width; x++) {
          int column = (mirrored ? width - 1 - x : x) + dx;
          boolean blank = outside || column < 0 || column >= width;
          row[x] = blank || (cut && x >= left && x < left + cutout) ? 0 : image[start + column];
        }
        out.put(row, 0, width);
      }
    }
  }
}
