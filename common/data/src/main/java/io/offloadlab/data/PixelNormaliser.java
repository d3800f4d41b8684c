package io.offloadlab.data;

import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** Turns stored pixels into the network's input. */
final class PixelNormaliser {
  private final float[][] tables;
  private final int height;
  private final int width;
  private final int border;

  /**
   * @param border black pixels added on each side. They are normalised like any other, so that an
   *     image on a black ground grows no frame.
   */
  PixelNormaliser(Normalisation normalisation, int height, int width, int border) {
    this.tables =
        IntStream.range(0, normalisation.channels())
            .mapToObj(normalisation::table)
            .toArray(float[][]::new);
    this.height = height;
    this.width = width;
    this.border = border;
  }

  Shape shape() {
    return Shape.of(tables.length, height + 2 * border, width + 2 * border);
  }

  /** Bytes of one stored image. */
  int storedBytes() {
    return tables.length * height * width;
  }

  /** View of a buffer's remaining bytes as little-endian floats, and a check that they suffice. */
  FloatBuffer outputOf(ByteBuffer into, int images) {
    long needed = Math.multiplyExact(images, shape().bytes());
    if (into.remaining() < needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d images of shape %s take %d bytes, but the buffer has room for %d",
              images,
              shape(),
              needed,
              into.remaining()));
    }
    return into.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** Normalises one image. {@code image} is scratch space of the shape's elements. */
  void write(byte[] pixels, int from, float[] image, FloatBuffer out) {
    int fullWidth = width + 2 * border;
    int plane = (height + 2 * border) * fullWidth;
    int pixel = from;
    for (int c = 0; c < tables.length; c++) {
      float[] table = tables[c];
      if (border > 0) {
        Arrays.fill(image, c * plane, (c + 1) * plane, table[0]);
      }
      for (int y = 0; y < height; y++) {
        int row = c * plane + (y + border) * fullWidth + border;
        for (int x = 0; x < width; x++) {
          image[row + x] = table[pixels[pixel++] & 0xff];
        }
      }
    }
    out.put(image);
  }
}
