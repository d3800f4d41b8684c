package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What one batch of images does to the variants. */
sealed interface RetrainingStep permits BlockwiseStep, JointStep {
  /** A loss that is no number. */
  final class Diverged extends Exception {
    private static final long serialVersionUID = 1;

    Diverged(String what, double loss) {
      super("the loss of %s is %s".formatted(what, loss));
    }
  }

  /** Names of what a step measures; its averages over an epoch are reported. */
  List<String> figures();

  /**
   * One step.
   *
   * @param images {@code (n, ...)}, under a manager that lives as long as the step
   * @param number of the step, from 0 over all epochs
   * @param rate of Adam
   * @param sums takes what was measured before the step, in the order of {@link #figures}
   * @throws Diverged if a loss is not finite
   */
  void step(NDArray images, long number, double rate, double[] sums) throws Diverged;

  /**
   * Steps over which the rate rises.
   *
   * @param all steps of the training
   */
  long warmUp(long all);

  /** Steps that a variant has taken before the one of a number. */
  long taken(Variant variant, long number);

  /**
   * What to show while training.
   *
   * @param sums of the epoch so far
   * @param batches of the epoch so far
   */
  String shown(double[] sums, int batches);
}
