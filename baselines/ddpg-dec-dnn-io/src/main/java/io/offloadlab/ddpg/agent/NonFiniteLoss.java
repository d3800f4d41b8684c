package io.offloadlab.ddpg.agent;

/** A loss has become infinite or not a number: learning cannot go on from here. */
final class NonFiniteLoss extends RuntimeException {
  NonFiniteLoss(double criticLoss, double value) {
    super("critic loss %s, mean value of the actor's actions %s".formatted(criticLoss, value));
  }
}
