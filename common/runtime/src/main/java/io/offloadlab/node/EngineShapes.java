package io.offloadlab.node;

import io.offloadlab.graph.Shape;

/** A batch of samples as the engine sees its shape. */
final class EngineShapes {
  private EngineShapes() {}

  static ai.djl.ndarray.types.Shape of(int batch, Shape sample) {
    long[] dims = new long[sample.dims().size() + 1];
    dims[0] = batch;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = sample.dims().get(i - 1);
    }
    return new ai.djl.ndarray.types.Shape(dims);
  }
}
