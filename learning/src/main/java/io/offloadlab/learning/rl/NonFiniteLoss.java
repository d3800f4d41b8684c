package io.offloadlab.learning.rl;

/** A loss has become infinite or not a number: learning cannot go on from here. */
public final class NonFiniteLoss extends RuntimeException {
  /**
   * @param criticLoss of the batch
   * @param value mean over the batch
   */
  public NonFiniteLoss(double criticLoss, double value) {
    super("critic loss %s, mean value of the actor's actions %s".formatted(criticLoss, value));
  }
}
