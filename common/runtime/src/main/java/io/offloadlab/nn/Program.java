package io.offloadlab.nn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import java.util.List;
import java.util.Set;

/**
 * Components in a row with their weights on an {@link Engine}, ready to run as one: a single call
 * into native code, with no tensor in between that anybody sees. Safe for use by many threads at
 * once.
 */
public interface Program extends AutoCloseable {
  /** What is loaded, in order; at least one. */
  List<Component> components();

  /** Shape of one sample entering. */
  default Shape input() {
    return components().get(0).input();
  }

  /** Shape of one sample leaving. */
  default Shape output() {
    return components().get(components().size() - 1).output();
  }

  /** As {@link #run(Tensor, int)} with the engine's own number of threads. */
  Tensor run(Tensor input);

  /**
   * Runs the program on a batch.
   *
   * @param input of the program's input shape; neither changed nor closed. One of another engine is
   *     read through its bytes
   * @param threads cores to use, at least 1; without meaning on a GPU
   * @return the output, with memory of its own, owned by the caller
   * @throws IllegalArgumentException if the input has another shape
   * @throws IllegalStateException if this program is closed
   */
  Tensor run(Tensor input, int threads);

  /** Does now what the first run with so many threads would do before it computes. */
  default void prepare(int threads) {}

  /** Lets go of what only other numbers of threads than these need; no run may be under way. */
  default void keep(Set<Integer> threads) {}

  /**
   * For engines: refuses what a program cannot take.
   *
   * @throws IllegalArgumentException if the input has another shape
   */
  static void requireInput(Program program, Tensor input) {
    if (!input.shape().equals(program.input())) {
      throw new IllegalArgumentException(
          "component '%s' wants samples of %s, got %s"
              .formatted(program.components().get(0), program.input(), input.shape()));
    }
  }

  /** Releases the weights; no run may be under way. */
  @Override
  void close();
}
