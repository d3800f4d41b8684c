package io.offloadlab.legodnn.accuracy;

import io.offloadlab.models.ModelProfile;
import java.util.List;

/**
 * Errors of several pruned blocks aggravate each other: with the blocks' single drops d_b the
 * network's drop D follows {@code 1 + kappa D = product of (1 + kappa d_b)}, which the sum of the
 * d_b falls short of. With costs {@code c_b = ln(1 + kappa d_b) / kappa} this is a sum with a
 * monotone link:
 *
 * <pre>accuracy = original - (exp(kappa (c_1 + ... + c_B)) - 1) / kappa</pre>
 *
 * and for kappa -> 0 it is the additive model. Costs never fall with sparsity. They are fitted to
 * every network the profile measured (single swaps in three environments and random combinations)
 * by ridge regression towards the measured single drops; kappa is chosen by least squares; see
 * {@link DropRegression}.
 */
public final class MultiplicativePredictor implements AccuracyPredictor {
  private final double original;
  private final Observations observations;
  private final DropRegression fit;

  MultiplicativePredictor(
      double original, Observations observations, List<Observations.Observation> training) {
    this.original = original;
    this.observations = observations;
    this.fit = DropRegression.fit(observations, training);
  }

  /**
   * Fits the model to a profile; takes some milliseconds and is deterministic.
   *
   * @param profile with measured environments, combinations or both
   */
  public static MultiplicativePredictor fit(ModelProfile profile) {
    Observations observations = Observations.of(profile);
    return new MultiplicativePredictor(
        profile.originalAccuracy(), observations, observations.networks());
  }

  /** How strongly drops aggravate each other; 0 if they add up. */
  public double kappa() {
    return fit.kappa();
  }

  @Override
  public double originalAccuracy() {
    return original;
  }

  @Override
  public double cost(String block, double sparsity) {
    int b = observations.block(block);
    return fit.cost(b, observations.variant(b, sparsity));
  }

  @Override
  public double accuracy(double totalCost) {
    return Math.min(1, Math.max(0, original - DropRegression.drop(totalCost, fit.kappa())));
  }

  @Override
  public double costBudget(double accuracy) {
    return accuracy <= 0
        ? Double.POSITIVE_INFINITY
        : DropRegression.cost(original - accuracy, fit.kappa());
  }
}
