package io.offloadlab.train.input;

import java.nio.ByteBuffer;
import java.util.List;

/** Images and labels of one step; to be closed when the step is over. */
public final class Batch implements AutoCloseable {
  private final ByteBuffer images;
  private final List<Integer> labels;
  private final int size;
  private final Runnable release;

  Batch(ByteBuffer images, List<Integer> labels, int size, Runnable release) {
    this.images = images;
    this.labels = labels;
    this.size = size;
    this.release = release;
  }

  /** Direct little-endian float32 {@code (n, channels, height, width)}; valid until closed. */
  public ByteBuffer images() {
    return images;
  }

  /** True classes; empty when the data set has none. */
  public int[] labels() {
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Number of images. */
  public int size() {
    return size;
  }

  /** Gives the buffer back. */
  @Override
  public void close() {
    release.run();
  }
}
