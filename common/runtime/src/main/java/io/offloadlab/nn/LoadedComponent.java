package io.offloadlab.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.offloadlab.graph.Component;
import io.offloadlab.weights.ComponentWeights;

/**
 * A component with its weights on an {@link Engine}, ready to run. Safe for use by many threads at
 * once.
 */
public final class LoadedComponent implements AutoCloseable {
  private final Engine engine;
  private final Component component;
  private final NDManager manager;
  private final Executable program;

  private LoadedComponent(
      Engine engine, Component component, NDManager manager, Executable program) {
    this.engine = engine;
    this.component = component;
    this.manager = manager;
    this.program = program;
  }

  static LoadedComponent load(Engine engine, Component component, ComponentWeights weights) {
    NDManager manager = engine.newManager();
    try {
      FoldedGraph folded = FoldedGraph.of(component.graph(), weights);
      return new LoadedComponent(engine, component, manager, engine.compile(folded, manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What is loaded. */
  public Component component() {
    return component;
  }

  /** As {@link #run(NDArray, int)} with the engine's own number of threads. */
  public NDArray run(NDArray input) {
    return run(input, engine.threads());
  }

  /**
   * Runs the component on a batch.
   *
   * @param input float32, {@code (n, channels, height, width)} or {@code (n, features)} as the
   *     component's input says, n at least 1; neither changed nor closed
   * @param threads cores to use, at least 1; without meaning on a GPU
   * @return the output, with memory of its own, owned by the caller; attached to the input's
   *     manager, and so closed with that at the latest. Its elements may lie channels-last in
   *     memory, which the next component prefers; {@link TensorBuffers#bytes} gives them in
   *     row-major order
   * @throws IllegalArgumentException if the input has another shape or type
   * @throws IllegalStateException if this component is closed
   */
  public NDArray run(NDArray input, int threads) {
    check(input);
    PyTorch.useThreads(threads);
    if (input.getDevice().equals(engine.device())) {
      return program.run((PtNDArray) input);
    }
    try (NDArray there = input.toDevice(engine.device(), true)) {
      return program.run((PtNDArray) there);
    }
  }

  private void check(NDArray input) {
    if (!manager.isOpen()) {
      throw new IllegalStateException("component '%s' is closed".formatted(component));
    }
    Shape shape = input.getShape();
    boolean fits =
        input.getDataType() == DataType.FLOAT32
            && shape.dimension() == component.input().dims().size() + 1
            && shape.get(0) > 0;
    for (int i = 1; fits && i < shape.dimension(); i++) {
      fits = shape.get(i) == component.input().dims().get(i - 1);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "component '%s' wants float32 (n, %s, got %s %s"
              .formatted(
                  component,
                  component.input().toString().substring(1),
                  input.getDataType(),
                  shape));
    }
  }

  /** Releases the weights; no run may be under way. */
  @Override
  public void close() {
    if (manager.isOpen()) {
      program.close();
      manager.close();
    }
  }

  @Override
  public String toString() {
    return component.name() + " on " + engine;
  }
}
