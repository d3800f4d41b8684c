package io.offloadlab.nn;

import io.offloadlab.graph.Component;

/**
 * A component with its weights on an {@link Engine}, ready to run. Safe for use by many threads at
 * once.
 */
public interface LoadedComponent extends AutoCloseable {
  /** What is loaded. */
  Component component();

  /** As {@link #run(Tensor, int)} with the engine's own number of threads. */
  Tensor run(Tensor input);

  /**
   * Runs the component on a batch.
   *
   * @param input of the component's input shape; neither changed nor closed. One of another engine
   *     is read through its bytes
   * @param threads cores to use, at least 1; without meaning on a GPU
   * @return the output, with memory of its own, owned by the caller
   * @throws IllegalArgumentException if the input has another shape
   * @throws IllegalStateException if this component is closed
   */
  Tensor run(Tensor input, int threads);

  /** Releases the weights; no run may be under way. */
  @Override
  void close();
}
