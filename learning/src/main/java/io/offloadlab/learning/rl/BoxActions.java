package io.offloadlab.learning.rl;

import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.IActionSchema;

/**
 * Actions in the cube [-1, 1]^size.
 *
 * @param size dimensions, at least 1
 * @param random where random actions come from
 */
public record BoxActions(int size, RandomGenerator random) implements IActionSchema<double[]> {
  @Override
  public int getActionSpaceSize() {
    return size;
  }

  /** The cube's centre. */
  @Override
  public double[] getNoOp() {
    return new double[size];
  }

  /** Uniform over the cube. */
  @Override
  public double[] getRandomAction() {
    double[] action = new double[size];
    for (int i = 0; i < size; i++) {
      action[i] = random.nextDouble(-1, 1);
    }
    return action;
  }
}
