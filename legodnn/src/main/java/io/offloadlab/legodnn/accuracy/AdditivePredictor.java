package io.offloadlab.legodnn.accuracy;

import io.offloadlab.models.ModelProfile;

/**
 * LegoDNN's own predictor: the accuracy drops of the variants add up, each the mean over the
 * measured environments.
 */
public final class AdditivePredictor implements AccuracyPredictor {
  private final ModelProfile profile;
  private final Observations observations;

  /**
   * @param profile with drops per variant
   */
  public AdditivePredictor(ModelProfile profile) {
    this.profile = profile;
    this.observations = Observations.of(profile);
  }

  @Override
  public double originalAccuracy() {
    return profile.originalAccuracy();
  }

  @Override
  public double cost(String block, double sparsity) {
    int b = observations.block(block);
    int k = observations.variant(b, sparsity);
    return sparsity == 0 ? 0 : profile.blocks().get(b).variants().get(k).accuracyDrop();
  }

  @Override
  public double accuracy(double totalCost) {
    return Math.min(1, Math.max(0, originalAccuracy() - totalCost));
  }

  @Override
  public double costBudget(double accuracy) {
    return accuracy <= 0 ? Double.POSITIVE_INFINITY : originalAccuracy() - accuracy;
  }
}
