package io.offloadlab.nn.onnx;

import io.offloadlab.nn.FoldedGraph;
import io.offloadlab.nn.Part;
import java.util.List;

/** Components as ONNX, for others than this laboratory. */
public final class OnnxFiles {
  private OnnxFiles() {}

  /**
   * Components in a row as one ONNX model of any batch, weights included.
   *
   * @return what a file {@code .onnx} holds
   */
  public static byte[] model(List<Part> chain) {
    return OnnxModel.of(FoldedGraph.of(chain));
  }
}
