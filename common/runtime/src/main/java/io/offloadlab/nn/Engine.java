package io.offloadlab.nn;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.weights.ComponentWeights;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What runs components on one device, with a number of threads for one inference.
 *
 * <p>Safe for use by many threads. Several engines can live in one process. Which there are is said
 * by {@link EngineProvider}s.
 */
public interface Engine extends AutoCloseable {
  /** Where inference runs. */
  enum Processor {
    /** The host's cores. */
    CPU,
    /** The first CUDA device. */
    GPU
  }

  /**
   * Starts the engine that is tried first where the fastest is to be found; see {@link
   * ChoosingEngine} for that.
   *
   * @param processor where to run
   * @param threads cores that one inference may use, at least 1; without meaning on a GPU
   * @return owned by the caller
   * @throws RunFailure if no engine can run on this processor or platform
   * @throws IllegalArgumentException if threads is not positive
   */
  static Engine open(Processor processor, int threads) {
    return Engines.first(processor).open(processor, threads);
  }

  /** As {@link #load(List)} with one component. */
  default Program load(Component component, ComponentWeights weights) {
    return load(List.of(new Part(component, weights)));
  }

  /**
   * Makes components ready to run on this engine as one program.
   *
   * @param chain at least one; each takes the shape that the one before it gives. Their weights are
   *     not needed any more when this returns
   * @return owned by the caller, to be closed; closed with the engine at the latest
   * @throws RunFailure if the weights do not fit a component
   * @throws IllegalArgumentException if two neighbours do not fit together
   */
  Program load(List<Part> chain);

  /**
   * A tensor over the memory of a buffer, without a copy where the engine can do without.
   *
   * <p>The tensor does not own the memory: whoever owns the buffer must neither write nor release
   * it before the tensor is closed. (A buffer from {@link ByteBuffer#allocateDirect} is kept
   * reachable by the tensor; one from a pool is not kept from returning to it.) Memory that is not
   * direct, or not aligned to four bytes, or meant for a GPU, is copied.
   *
   * @param bytes little-endian and row-major from position to limit, which do not change
   * @param batch samples, at least 1
   * @param shape of one sample
   * @return owned by the caller
   * @throws IllegalArgumentException if there are not as many bytes as batch and shape need
   */
  Tensor wrap(ByteBuffer bytes, int batch, Shape shape);

  /** Cores that one inference uses unless it is told otherwise. */
  int threads();

  /** Closes everything that was loaded or made on this engine. */
  @Override
  void close();
}
