package io.offloadlab.train.profile;

import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.models.ExitFigures.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was counted while some test images ran through the variants. */
final class Measurement {
  /** Environments in the order of the profile: index of the variant that every other block is. */
  static final List<String> ENVIRONMENTS = List.of("original", "middle", "sparsest");

  final List<Piece> blocks;
  final List<Double> sparsities;
  final Map<String, Tally> exits = new LinkedHashMap<>();
  final Map<String, Tally> environments = new LinkedHashMap<>();

  /** Accuracy of the original in a place minus that of a variant, by block and variant. */
  final Tally[][] drops;

  /**
   * Squared differences of a variant's output from the original's, by block and variant; of whole
   * batches, so on all images alone.
   */
  final double[][] squaredErrors;

  /** Squared deviations of the original's output from its mean, by block. */
  final double[] squaredDeviations;

  final Map<String, Tally[][]> dropsIn = new LinkedHashMap<>();
  final List<int[]> combinations = new ArrayList<>();
  final List<Tally> combinationHits = new ArrayList<>();

  /** What the exits said of every image. */
  final List<Verdict> verdicts = new ArrayList<>();

  Measurement(List<Piece> blocks, List<Double> sparsities) {
    this.blocks = blocks;
    this.sparsities = sparsities;
    this.drops = tallies();
    this.squaredErrors = new double[blocks.size()][sparsities.size()];
    this.squaredDeviations = new double[blocks.size()];
    for (String e : ENVIRONMENTS) {
      environments.put(e, new Tally());
      dropsIn.put(e, tallies());
    }
  }

  private Tally[][] tallies() {
    Tally[][] tallies = new Tally[blocks.size()][sparsities.size()];
    for (Tally[] row : tallies) {
      for (int k = 0; k < row.length; k++) {
        row[k] = new Tally();
      }
    }
    return tallies;
  }

  /** Variant that all other blocks are in an environment. */
  int variantOf(int environment) {
    return List.of(0, sparsities.size() / 2, sparsities.size() - 1).get(environment);
  }

  /** Whether blocks were measured on any image. */
  boolean hasBlocks() {
    return environments.get(ENVIRONMENTS.get(0)).count() > 0;
  }

  /** Mean squared error of a variant's output relative to the variance of the original's. */
  double relativeError(int block, int variant) {
    return squaredErrors[block][variant] / squaredDeviations[block];
  }

  void addCombination(int[] variants) {
    combinations.add(variants);
    combinationHits.add(new Tally());
  }
}
