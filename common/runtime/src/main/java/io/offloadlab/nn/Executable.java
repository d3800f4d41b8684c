package io.offloadlab.nn;

import ai.djl.pytorch.engine.PtNDArray;

/** A folded graph in the form in which it runs. Safe for use by many threads at once. */
interface Executable extends AutoCloseable {
  /**
   * Runs it on a batch.
   *
   * @param input a batch of the graph's input, neither changed nor closed
   * @return with memory of its own, attached to the input's manager
   */
  PtNDArray run(PtNDArray input);

  @Override
  void close();
}
