package io.offloadlab.legodnn.accuracy;

import io.offloadlab.legodnn.accuracy.Observations.Observation;
import io.offloadlab.models.ModelProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * How far off a predictor is on networks it was not fitted to: the profile's random combinations,
 * or its single swaps where it has too few of them. The original network is left out: it is known.
 */
public final class CrossValidation {
  private static final int FOLDS = 10;

  private final List<Judged> errors;

  private CrossValidation(List<Judged> errors) {
    this.errors = List.copyOf(errors);
  }

  /**
   * One network judged.
   *
   * @param predicted predicted drop
   * @param shortfall how much larger the measured drop is
   */
  private record Judged(double predicted, double shortfall) {}

  /** Of the additive model, which fits nothing to whole networks: its plain errors. */
  public static CrossValidation ofAdditive(ModelProfile profile) {
    Observations observations = Observations.of(profile);
    AccuracyPredictor predictor = new AdditivePredictor(profile);
    return new CrossValidation(
        judged(observations).stream().map(o -> error(predictor, observations, o)).toList());
  }

  /** Of the multiplicative model: ten-fold; every tenth network is left out at a time. */
  public static CrossValidation ofMultiplicative(ModelProfile profile) {
    Observations observations = Observations.of(profile);
    List<Observation> judged = judged(observations);
    List<Judged> errors = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Observation> held = new ArrayList<>();
      for (int i = fold; i < judged.size(); i += FOLDS) {
        held.add(judged.get(i));
      }
      List<Observation> training =
          observations.networks().stream()
              .filter(o -> held.stream().noneMatch(h -> h.variants().equals(o.variants())))
              .toList();
      AccuracyPredictor predictor =
          new MultiplicativePredictor(profile.originalAccuracy(), observations, training);
      held.forEach(o -> errors.add(error(predictor, observations, o)));
    }
    return new CrossValidation(errors);
  }

  /** Mean absolute difference between predicted and measured accuracy, in 0..1. */
  public double meanAbsoluteError() {
    return errors.stream().mapToDouble(e -> Math.abs(e.shortfall())).average().orElse(0);
  }

  /**
   * The one-sided margin that covers a share of the networks: this share fell short of its
   * prediction by no more than the margin at its predicted drop.
   *
   * @param share in 0..1
   */
  public Margin margin(double share) {
    if (errors.isEmpty()) {
      return Margin.constant(0);
    }
    List<Double> factors =
        errors.stream().map(e -> e.shortfall() / Margin.shape(e.predicted())).sorted().toList();
    int covered = (int) Math.ceil(share * factors.size());
    return Margin.growing(Math.max(0, factors.get(Math.max(0, covered - 1))));
  }

  /** Networks judged. */
  public int networks() {
    return errors.size();
  }

  private static List<Observation> judged(Observations observations) {
    List<Observation> pruned =
        observations.networks().stream()
            .filter(o -> o.variants().stream().anyMatch(k -> k > 0))
            .toList();
    List<Observation> combinations = pruned.stream().filter(Observation::combination).toList();
    return combinations.size() >= FOLDS ? combinations : pruned;
  }

  private static Judged error(
      AccuracyPredictor predictor, Observations observations, Observation o) {
    double cost = 0;
    for (int b = 0; b < observations.blocks().size(); b++) {
      double sparsity = observations.sparsities().get(b).get(o.variants().get(b));
      cost += predictor.cost(observations.blocks().get(b), sparsity);
    }
    double predicted = predictor.originalAccuracy() - predictor.accuracy(cost);
    return new Judged(predicted, o.drop() - predicted);
  }
}
