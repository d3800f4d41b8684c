package io.offloadlab.nn.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory for what an engine's programs compute, used again when its tensor is closed: a stream of
 * tasks allocates none, and programs whose outputs are alike share it. Safe for use by many
 * threads.
 */
final class Outputs implements AutoCloseable {
  /** More than a few of one kind are not in use at once; the rest is let go. */
  private static final int MOST_KEPT = 4;

  private record Kind(int batch, Shape shape) {}

  /**
   * Memory and the engine's tensor over it.
   *
   * @param bytes of the tensor's values
   */
  record Output(int batch, Shape shape, ByteBuffer bytes, OnnxTensor tensor) {}

  private final Map<Kind, Deque<Output>> kept = new HashMap<>();
  private boolean closed;

  /** Memory that belongs to whoever takes it, until it is given back. */
  Output take(int batch, Shape shape) {
    synchronized (this) {
      Deque<Output> same = kept.get(new Kind(batch, shape));
      if (same != null && !same.isEmpty()) {
        return same.pop();
      }
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(shape.bytes() * batch));
    try {
      OnnxTensor tensor = OnnxRuntimeProgram.tensor(bytes.duplicate(), batch, shape);
      return new Output(batch, shape, bytes, tensor);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime makes no tensor: " + e.getMessage(), e);
    }
  }

  synchronized void giveBack(Output output) {
    Deque<Output> same =
        kept.computeIfAbsent(
            new Kind(output.batch(), output.shape()), kind -> new ArrayDeque<>(MOST_KEPT));
    if (closed || same.size() >= MOST_KEPT) {
      output.tensor().close();
    } else {
      same.push(output);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    kept.values().forEach(same -> same.forEach(o -> o.tensor().close()));
    kept.clear();
  }
}
