package io.offloadlab.nn.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.HostTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** DJL's tensors and the wire's buffers over the same memory, both ways without a copy. */
public final class TensorBuffers {
  private TensorBuffers() {}

  /**
   * A float32 tensor over the memory of a buffer; see {@link io.offloadlab.nn.Engine#wrap}.
   *
   * @param manager owns the tensor; a child of {@link PyTorchEngine#newManager}
   * @param bytes little-endian elements from position to limit; position and limit do not change
   * @param batch samples
   * @param shape of one sample
   * @return {@code (batch, ...)}, owned by the caller, closed with the manager at the latest
   * @throws IllegalArgumentException if there are not as many bytes as batch and shape need
   */
  public static NDArray wrap(NDManager manager, ByteBuffer bytes, int batch, Shape shape) {
    return manager.create(
        HostTensor.over(bytes, batch, shape).bytes(), batched(batch, shape), DataType.FLOAT32);
  }

  private static ai.djl.ndarray.types.Shape batched(int batch, Shape sample) {
    long[] dims = new long[sample.rank() + 1];
    dims[0] = batch;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = sample.dims().get(i - 1);
    }
    return new ai.djl.ndarray.types.Shape(dims);
  }

  /**
   * The bytes of a tensor.
   *
   * <p>They are the tensor's own memory, valid until it is closed. A tensor on a GPU, or one whose
   * elements are not in row-major order, is copied first, to memory that its manager owns.
   *
   * @return direct, little-endian, from position 0 to the limit
   */
  static ByteBuffer bytes(NDArray tensor) {
    return tensor.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
  }
}
