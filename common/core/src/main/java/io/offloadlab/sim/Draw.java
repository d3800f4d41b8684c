package io.offloadlab.sim;

import java.util.random.RandomGenerator;

/** Random numbers that come out the same on every machine. */
final class Draw {
  private Draw() {}

  /** Exponentially distributed with mean 1. */
  static double exponential(RandomGenerator random) {
    return -StrictMath.log1p(-random.nextDouble());
  }
}
