package io.offloadlab.nn;

import java.util.ArrayList;
import java.util.List;

/** Tensors that are closed together. Used by one thread at a time. */
public final class TensorScope implements AutoCloseable {
  private final List<Tensor> tensors = new ArrayList<>();

  /** Takes a tensor over, and gives it back to be worked with. */
  public Tensor keep(Tensor tensor) {
    tensors.add(tensor);
    return tensor;
  }

  /** Closes all of them; closing one before is no harm. */
  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
