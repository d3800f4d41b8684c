package io.offloadlab.legodnn.accuracy;

import io.offloadlab.models.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every measured network of a profile: which variant each block has, and how much accuracy it lost
 * against the original network on the same images. Networks measured on other images than the
 * original's test accuracy can so be used together.
 *
 * @param blocks names, in order
 * @param sparsities per block, in order
 * @param networks the measurements
 */
record Observations(
    List<String> blocks, List<List<Double>> sparsities, List<Observation> networks) {
  private static final double SAME = 1e-9;

  /**
   * One measured network.
   *
   * @param variants index of the variant per block
   * @param drop accuracy lost against the original, in -1..1
   * @param images behind it
   * @param combination whether it is one of the profile's random combinations, else a single swap
   */
  record Observation(List<Integer> variants, double drop, int images, boolean combination) {}

  static Observations of(ModelProfile profile) {
    List<String> names = profile.blocks().stream().map(ModelProfile.Block::name).toList();
    List<List<Double>> sparsities =
        profile.blocks().stream()
            .map(b -> b.variants().stream().map(ModelProfile.Variant::sparsity).toList())
            .toList();
    Observations observations = new Observations(names, sparsities, new ArrayList<>());
    observations.addSwaps(profile);
    observations.addCombinations(profile.combinations());
    return observations;
  }

  /** Index of a variant of a block. */
  int variant(int block, double sparsity) {
    List<Double> all = sparsities.get(block);
    for (int k = 0; k < all.size(); k++) {
      if (Math.abs(all.get(k) - sparsity) < SAME) {
        return k;
      }
    }
    throw new IllegalArgumentException(
        "'%s' has no variant of sparsity %s; the profile has %s"
            .formatted(blocks.get(block), sparsity, all));
  }

  int block(String name) {
    int b = blocks.indexOf(name);
    if (b < 0) {
      throw new IllegalArgumentException(
          "the profile has no block '%s'; it has %s".formatted(name, blocks));
    }
    return b;
  }

  private void addSwaps(ModelProfile profile) {
    if (profile.environments() == null) {
      return;
    }
    Map<String, Double> accuracy = profile.environments().accuracy();
    double original = accuracy.get("original");
    for (String environment : accuracy.keySet()) {
      List<Integer> around = blocks.stream().map(b -> around(environment, b)).toList();
      for (int b = 0; b < blocks.size(); b++) {
        List<ModelProfile.Variant> variants = profile.blocks().get(b).variants();
        double withOriginalHere =
            accuracy.get(environment) + dropIn(variants.get(around.get(b)), environment);
        for (int k = 0; k < variants.size(); k++) {
          // The unchanged environment was measured once, not once per block.
          if (k == around.get(b) && b > 0) {
            continue;
          }
          List<Integer> network = new ArrayList<>(around);
          network.set(b, k);
          double measured = withOriginalHere - dropIn(variants.get(k), environment);
          networks.add(
              new Observation(
                  network, original - measured, profile.environments().images(), false));
        }
      }
    }
  }

  private void addCombinations(ModelProfile.Combinations combinations) {
    if (combinations == null || combinations.measured().isEmpty()) {
      return;
    }
    double original =
        combinations.measured().stream()
            .filter(c -> c.sparsities().stream().allMatch(s -> s == 0))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the profile's combinations lack the original network, which the others"
                            + " are compared with"))
            .accuracy();
    for (ModelProfile.Combination c : combinations.measured()) {
      List<Integer> network = new ArrayList<>();
      for (int b = 0; b < blocks.size(); b++) {
        network.add(variant(b, c.sparsities().get(b)));
      }
      networks.add(new Observation(network, original - c.accuracy(), combinations.images(), true));
    }
  }

  /** The variant that a block has where it is not the one swapped. */
  private int around(String environment, String block) {
    int count = sparsities.get(block(block)).size();
    return switch (environment) {
      case "original" -> 0;
      case "middle" -> count / 2;
      case "sparsest" -> count - 1;
      default ->
          throw new IllegalArgumentException(
              "the profile's environments are original, middle and sparsest, not " + environment);
    };
  }

  private static double dropIn(ModelProfile.Variant variant, String environment) {
    return variant.accuracyDropByEnvironment().get(environment);
  }
}
