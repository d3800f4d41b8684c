package io.offloadlab.nn;

import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** A tensor in the host's memory, in the wire's order: one that every engine can read. */
public final class HostTensor implements Tensor {
  private final ByteBuffer bytes;
  private final int batch;
  private final Shape shape;
  private Runnable free;

  /**
   * @param bytes direct and aligned, from position 0 to the limit
   * @param free called once, when this is closed
   */
  public HostTensor(ByteBuffer bytes, int batch, Shape shape, Runnable free) {
    this.bytes = bytes;
    this.batch = batch;
    this.shape = shape;
    this.free = free;
  }

  /** As {@link Engine#wrap}. */
  public static HostTensor over(ByteBuffer bytes, int batch, Shape shape) {
    if (batch < 1 || bytes.remaining() != Math.multiplyExact(batch, shape.bytes())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d float32 samples of %s need %d bytes, got %d",
              batch,
              shape,
              batch * shape.bytes(),
              bytes.remaining()));
    }
    ByteBuffer exact = bytes.slice();
    if (!exact.isDirect() || exact.alignmentOffset(0, Float.BYTES) != 0) {
      exact = ByteBuffer.allocateDirect(exact.remaining()).put(exact).flip();
    }
    return new HostTensor(exact, batch, shape, () -> {});
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    Runnable once = free;
    free = () -> {};
    once.run();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d x %s", batch, shape);
  }
}
