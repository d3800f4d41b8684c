package io.offloadlab.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors and the wire's buffers over the same memory, in both directions without a copy. */
public final class TensorBuffers {
  private TensorBuffers() {}

  /**
   * A float32 tensor over the memory of a buffer.
   *
   * <p>The tensor does not own the memory: whoever owns the buffer must neither write nor release
   * it before the tensor is closed. (A buffer from {@link ByteBuffer#allocateDirect} is kept
   * reachable by the tensor; one from a pool is not kept from returning to it.) Memory that is not
   * direct, or not aligned to four bytes, or meant for a GPU, is copied, and then the buffer is
   * free at once.
   *
   * @param manager owns the tensor; a child of {@link Engine#newManager}
   * @param bytes little-endian elements from position to limit; position and limit do not change
   * @param shape with the batch dimension first
   * @return owned by the caller, closed with the manager at the latest
   * @throws IllegalArgumentException if there are not as many bytes as the shape needs
   */
  public static NDArray wrap(NDManager manager, ByteBuffer bytes, Shape shape) {
    if (bytes.remaining() != Math.multiplyExact(shape.size(), Float.BYTES)) {
      throw new IllegalArgumentException(
          "float32 %s needs %d bytes, got %d"
              .formatted(shape, shape.size() * Float.BYTES, bytes.remaining()));
    }
    // The engine takes the address of the buffer's first byte, whatever the position.
    ByteBuffer exact = bytes.slice();
    if (!exact.isDirect() || exact.alignmentOffset(0, Float.BYTES) != 0) {
      exact = ByteBuffer.allocateDirect(exact.remaining()).put(exact).flip();
    }
    return manager.create(exact.order(ByteOrder.LITTLE_ENDIAN), shape, DataType.FLOAT32);
  }

  /**
   * The bytes of a tensor.
   *
   * <p>They are the tensor's own memory, valid until it is closed: whoever sends them closes the
   * tensor when they are sent. A tensor on a GPU, or one that is not contiguous, is copied first,
   * to memory that its manager owns.
   *
   * @return direct, little-endian, from position 0 to the limit
   */
  public static ByteBuffer bytes(NDArray tensor) {
    return tensor.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
  }
}
