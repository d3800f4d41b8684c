package io.offloadlab.nn.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Tensor;
import java.nio.ByteBuffer;
import java.util.Locale;

/** PyTorch's tensor, whose elements may lie channels-last. */
final class PyTorchTensor implements Tensor {
  private final PtNDArray array;
  private final int batch;
  private final Shape shape;
  private ByteBuffer bytes;

  /** Owns the copy that DJL makes of elements in another order; null as long as nobody asked. */
  private NDManager copies;

  /**
   * @param array taken over
   */
  PyTorchTensor(PtNDArray array, int batch, Shape shape) {
    this.array = array;
    this.batch = batch;
    this.shape = shape;
  }

  PtNDArray array() {
    return array;
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
    if (bytes == null) {
      NDManager owner = array.getManager();
      copies = owner.newSubManager();
      array.attach(copies);
      bytes = TensorBuffers.bytes(array);
      array.attach(owner);
    }
    return bytes.duplicate().order(bytes.order());
  }

  @Override
  public void close() {
    array.close();
    if (copies != null) {
      copies.close();
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d x %s", batch, shape);
  }
}
