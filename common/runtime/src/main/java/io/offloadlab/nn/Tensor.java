package io.offloadlab.nn;

import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;

/**
 * A batch of float32 values in native memory, in whatever order an engine likes best, so that one
 * component's output is the next one's input without a conversion.
 *
 * <p>Whoever holds a tensor owns it and closes it; the engine closes it at the latest. Used by one
 * thread at a time.
 */
public interface Tensor extends AutoCloseable {
  /** Samples, at least 1. */
  int batch();

  /** Shape of one sample. */
  Shape shape();

  /**
   * The values as they go over the wire.
   *
   * <p>They are the tensor's own memory where that is in this order already, else a copy that
   * belongs to the tensor: valid until the tensor is closed.
   *
   * @return direct, little-endian, row-major with the batch first, from position 0 to the limit
   */
  ByteBuffer bytes();

  /** The values row-major with the batch first, in a new array. */
  default float[] floats() {
    float[] values = new float[Math.toIntExact(batch() * shape().elements())];
    bytes().asFloatBuffer().get(values);
    return values;
  }

  @Override
  void close();
}
