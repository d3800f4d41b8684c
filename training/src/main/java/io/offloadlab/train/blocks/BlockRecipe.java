package io.offloadlab.train.blocks;

import io.offloadlab.train.input.Augmentation;
import java.util.List;

/**
 * How blocks are made.
 *
 * @param sparsities of the variants, each in (0, 1)
 * @param ratio most convolutions of a block as a fraction of the network's
 * @param leastSquares whether a variant begins with the kernels that fit the original best
 * @param calibration images that the fit looks at
 * @param epochs of retraining; 0 leaves the variants as they begin
 * @param batch images per step
 * @param rate of Adam at its highest; it falls along a cosine, after a warm-up where there is one
 * @param augmentation of the images
 * @param limit images per epoch at most
 * @param seed of calibration, order and augmentation
 */
public record BlockRecipe(
    List<Double> sparsities,
    double ratio,
    boolean leastSquares,
    int calibration,
    int epochs,
    int batch,
    double rate,
    Augmentation augmentation,
    int limit,
    long seed) {
  /**
   * Copies the list and checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public BlockRecipe {
    sparsities = List.copyOf(sparsities);
    check(
        !sparsities.isEmpty() && sparsities.stream().allMatch(s -> s > 0 && s < 1),
        "--sparsities",
        "in (0, 1)",
        sparsities);
    check(ratio > 0 && ratio <= 1, "--compress-layer-max-ratio", "in (0, 1]", ratio);
    check(calibration >= 1, "--calibration", "at least 1", calibration);
    check(epochs >= 0, "--epochs", "at least 0", epochs);
    check(batch >= 2, "--batch", "at least 2", batch);
    check(rate > 0 && Double.isFinite(rate), "--rate", "positive", rate);
    check(limit >= 1, "--limit", "at least 1", limit);
  }

  private static void check(boolean good, String what, String range, Object value) {
    if (!good) {
      throw new IllegalArgumentException("%s is %s, not %s".formatted(what, range, value));
    }
  }

  /** That of the shipped blocks, for a GPU or a patient machine. */
  public static BlockRecipe shipped() {
    return new BlockRecipe(
        List.of(.2, .4, .6, .8),
        .2,
        true,
        1024,
        12,
        128,
        3e-4,
        Augmentation.cropAndFlip(),
        Integer.MAX_VALUE,
        7);
  }
}
