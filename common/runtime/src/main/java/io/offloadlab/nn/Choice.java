package io.offloadlab.nn;

/**
 * How a program runs a batch.
 *
 * @param engine by its provider's name
 * @param threads cores that it uses, at least 1
 */
public record Choice(String engine, int threads) {
  /**
   * @throws IllegalArgumentException if it uses no thread
   */
  public Choice {
    if (threads < 1) {
      throw new IllegalArgumentException("an inference needs a thread, not " + threads);
    }
  }
}
