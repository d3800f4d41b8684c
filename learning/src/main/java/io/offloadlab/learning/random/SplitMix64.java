package io.offloadlab.learning.random;

import java.util.random.RandomGenerator;

/**
 * The generator behind every random choice of a training: initial weights, the environment's
 * starts, exploration, replay. Its whole state is one number, so a checkpoint can hold it.
 *
 * <p>SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014). Not for use by several threads.
 */
public final class SplitMix64 implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long seed;
  private long state;

  /**
   * @param seed any number
   */
  public SplitMix64(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** What it was first seeded with. */
  public long seed() {
    return seed;
  }

  /** Where it is: what {@link #restore} goes on from. */
  public long state() {
    return state;
  }

  /**
   * Goes on from where another one was.
   *
   * @param firstSeed of the other one
   * @param savedState of the other one
   */
  public void restore(long firstSeed, long savedState) {
    seed = firstSeed;
    state = savedState;
  }
}
