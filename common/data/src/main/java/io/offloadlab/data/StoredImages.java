package io.offloadlab.data;

import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** Real images with their labels, held as the bytes they were stored in: read once. */
final class StoredImages implements ImageSet {
  private final byte[] data;
  private final int firstPixel;
  private final int stride;
  private final byte[] labels;
  private final int classes;
  private final PixelNormaliser normaliser;

  /**
   * @param data pixels of image i from {@code firstPixel + i * stride} on; not copied
   * @param labels unsigned label per image; not copied
   */
  StoredImages(
      byte[] data,
      int firstPixel,
      int stride,
      byte[] labels,
      int classes,
      PixelNormaliser normaliser) {
    this.data = data;
    this.firstPixel = firstPixel;
    this.stride = stride;
    this.labels = labels;
    this.classes = classes;
    this.normaliser = normaliser;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape shape() {
    return normaliser.shape();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean hasLabels() {
    return true;
  }

  @Override
  public OptionalInt label(int index) {
    return OptionalInt.of(labels[Objects.checkIndex(index, size())] & 0xff);
  }

  @Override
  public void read(List<Integer> indices, ByteBuffer into) {
    FloatBuffer out = normaliser.outputOf(into, indices.size());
    float[] image = new float[Math.toIntExact(shape().elements())];
    for (int index : indices) {
      int from = firstPixel + stride * Objects.checkIndex(index, size());
      normaliser.write(data, from, image, out);
    }
    into.position(into.position() + out.position() * Shape.BYTES_PER_ELEMENT);
  }
}
