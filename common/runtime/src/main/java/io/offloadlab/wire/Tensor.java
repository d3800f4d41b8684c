package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.offloadlab.graph.Shape;

/**
 * A batch of float32 values in native memory, as it goes over the wire: row-major, little-endian,
 * the batch first. Whoever holds a tensor owns its memory, and releases it or hands it on.
 *
 * @param batch samples, at least 1
 * @param shape of one sample
 * @param data the readable bytes are the values
 */
public record Tensor(int batch, Shape shape, ByteBuf data) {
  /**
   * @throws IllegalArgumentException if the bytes are not as many as batch and shape say
   */
  public Tensor {
    if (batch < 1 || data.readableBytes() != bytes(batch, shape)) {
      throw new IllegalArgumentException(
          "a tensor of %d samples of %s does not take %d bytes"
              .formatted(batch, shape, data.readableBytes()));
    }
  }

  private static long bytes(int batch, Shape shape) {
    try {
      return Math.multiplyExact(batch, shape.bytes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "a tensor of %d samples of %s is beyond any memory".formatted(batch, shape), e);
    }
  }

  /** Gives the memory back. */
  public void release() {
    data.release();
  }
}
