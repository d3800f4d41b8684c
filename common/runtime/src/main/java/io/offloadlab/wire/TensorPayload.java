package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.offloadlab.graph.Shape;
import java.util.Locale;

/**
 * A batch of float32 values in native memory, as it goes over the wire: row-major, little-endian,
 * the batch first. Whoever holds a tensor owns its memory, and releases it or hands it on.
 *
 * @param batch samples, at least 1
 * @param shape of one sample
 * @param data the readable bytes are the values
 */
public record TensorPayload(int batch, Shape shape, ByteBuf data) {
  /**
   * @throws IllegalArgumentException if the bytes are not as many as batch and shape say
   */
  public TensorPayload {
    if (batch < 1 || data.readableBytes() != bytes(batch, shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a tensor of %d samples of %s does not take %d bytes",
              batch,
              shape,
              data.readableBytes()));
    }
  }

  private static long bytes(int batch, Shape shape) {
    try {
      return Math.multiplyExact(batch, shape.bytes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a tensor of %d samples of %s is beyond any memory", batch, shape),
          e);
    }
  }

  /** Gives the memory back. */
  public void release() {
    data.release();
  }
}
