package io.offloadlab.bench.run;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Which tasks of a long stream are kept: of every so many in a row one, drawn from the seed. The
 * same ones for every strategy; and unlike every n-th they follow no rhythm of the stream, such as
 * that of devices that take turns.
 *
 * @param seed of the draw
 * @param every so many tasks one is kept, at least 1
 */
record Sample(long seed, int every) implements IntPredicate {
  /** That of a stream of which not more are to be kept than a number. */
  static Sample of(long seed, int tasks, int most) {
    return new Sample(seed, Math.max(1, tasks / most));
  }

  /**
   * @param task position in the stream
   */
  @Override
  public boolean test(int task) {
    return every == 1 || task % every == chosen(task / every);
  }

  private int chosen(int window) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + window).nextInt(every);
  }
}
