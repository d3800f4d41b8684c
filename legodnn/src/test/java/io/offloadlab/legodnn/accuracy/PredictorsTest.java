package io.offloadlab.legodnn.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.ModelShelf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PredictorsTest {
  private static final ModelProfile SHIPPED = ModelShelf.find().model("cifar10").profile();

  @Test
  @DisplayName("On unseen combinations the multiplicative model is off by less than half a point")
  void crossValidation_shippedProfile_multiplicativeIsFiveTimesCloserThanAdditive() {
    CrossValidation additive = CrossValidation.ofAdditive(SHIPPED);
    CrossValidation multiplicative = CrossValidation.ofMultiplicative(SHIPPED);

    assertThat(additive.networks()).isEqualTo(42);
    assertThat(additive.meanAbsoluteError()).isCloseTo(0.0243, within(0.0005));
    assertThat(multiplicative.meanAbsoluteError()).isLessThan(0.005);
  }

  @Test
  void fit_profileMadeByTheModel_recoversIt() {
    // given: two blocks whose drops follow the model with kappa 20 and no noise
    double kappa = 20;
    double[][] costs = {{0, 0.01, 0.03}, {0, 0.005, 0.02}};
    ModelProfile profile = synthetic(kappa, costs);

    // when
    MultiplicativePredictor predictor = MultiplicativePredictor.fit(profile);

    // then
    double both = predictor.cost("block-0", 0.8) + predictor.cost("block-1", 0.4);
    double truth = 0.9 - Math.expm1(kappa * 0.035) / kappa;
    assertThat(predictor.accuracy(both)).isCloseTo(truth, within(0.002));
    assertThat(predictor.accuracy(0)).isEqualTo(0.9);
  }

  @Test
  void cost_shippedProfile_neverFallsWithSparsity() {
    MultiplicativePredictor predictor = MultiplicativePredictor.fit(SHIPPED);

    for (ModelProfile.Block block : SHIPPED.blocks()) {
      List<Double> costs =
          block.variants().stream().map(v -> predictor.cost(block.name(), v.sparsity())).toList();
      assertThat(costs).isSorted().first().isEqualTo(0.0);
    }
  }

  @Test
  void costBudget_isTheInverseOfAccuracy() {
    for (AccuracyPredictor p :
        List.of(new AdditivePredictor(SHIPPED), MultiplicativePredictor.fit(SHIPPED))) {
      for (double accuracy : new double[] {0.1, 0.77, 0.9041, 0.9241, 0.93}) {
        assertThat(p.accuracy(p.costBudget(accuracy))).isCloseTo(accuracy, within(1e-12));
      }
      assertThat(p.costBudget(0)).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void fit_sameProfileTwice_givesTheSameCosts() {
    MultiplicativePredictor first = MultiplicativePredictor.fit(SHIPPED);
    MultiplicativePredictor second = MultiplicativePredictor.fit(SHIPPED);

    assertThat(first.kappa()).isEqualTo(second.kappa());
    assertThat(first.cost("block-3", 0.6)).isEqualTo(second.cost("block-3", 0.6));
  }

  @Test
  void additive_cost_isTheMeanDrop() {
    AccuracyPredictor additive = new AdditivePredictor(SHIPPED);

    assertThat(additive.cost("block-3", 0.8)).isCloseTo(0.049333, within(1e-6));
  }

  @Test
  void cost_unknownVariant_isRefusedWithThoseThatThereAre() {
    AccuracyPredictor additive = new AdditivePredictor(SHIPPED);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> additive.cost("block-3", 0.5))
        .withMessageContaining("0.5")
        .withMessageContaining("0.4, 0.6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> additive.cost("block-9", 0.4))
        .withMessageContaining("block-9");
  }

  private static ModelProfile synthetic(double kappa, double[][] costs) {
    double[] sparsity = {0, 0.4, 0.8};
    Map<String, Integer> around = Map.of("original", 0, "middle", 1, "sparsest", 2);
    Map<String, Double> accuracy = new HashMap<>();
    around.forEach((e, k) -> accuracy.put(e, 0.9 - drop(kappa, costs[0][k] + costs[1][k])));
    List<ModelProfile.Block> blocks = new ArrayList<>();
    for (int b = 0; b < 2; b++) {
      List<ModelProfile.Variant> variants = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        Map<String, Double> drops = new HashMap<>();
        for (Map.Entry<String, Integer> e : around.entrySet()) {
          double other = costs[1 - b][e.getValue()];
          drops.put(e.getKey(), drop(kappa, other + costs[b][k]) - drop(kappa, other));
        }
        double mean = drops.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
        variants.add(new ModelProfile.Variant(sparsity[k], 1, 1, 1, mean, drops));
      }
      blocks.add(new ModelProfile.Block("block-" + b, variants));
    }
    return new ModelProfile(
        "made",
        1,
        "",
        "",
        Map.of("exit-7", new ModelProfile.Exit(0.9)),
        new ModelProfile.Environments(200_000, accuracy),
        blocks,
        null,
        1);
  }

  private static double drop(double kappa, double cost) {
    return Math.expm1(kappa * cost) / kappa;
  }
}
