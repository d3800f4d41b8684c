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
 * Memory for what a program computes, used again when its tensor is closed: a stream of tasks
 * allocates none. Safe for use by many threads.
 */
final class Outputs implements AutoCloseable {
  /** More than a few of one size are not in use at once; the rest is let go. */
  private static final int MOST_KEPT = 4;

  /**
   * Memory and the engine's tensor over it.
   *
   * @param bytes of the tensor's values
   */
  record Output(int batch, ByteBuffer bytes, OnnxTensor tensor) {}

  private final Shape shape;
  private final Map<Integer, Deque<Output>> kept = new HashMap<>();
  private boolean closed;

  Outputs(Shape shape) {
    this.shape = shape;
  }

  /** Memory that belongs to whoever takes it, until it is given back. */
  Output take(int batch) {
    synchronized (this) {
      Output again = kept.getOrDefault(batch, new ArrayDeque<>()).poll();
      if (again != null) {
        return again;
      }
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(shape.bytes() * batch));
    try {
      return new Output(batch, bytes, OnnxRuntimeProgram.tensor(bytes.duplicate(), batch, shape));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime makes no tensor: " + e.getMessage(), e);
    }
  }

  synchronized void giveBack(Output output) {
    Deque<Output> same = kept.computeIfAbsent(output.batch(), b -> new ArrayDeque<>());
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
