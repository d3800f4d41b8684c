package io.offloadlab.train.profile;

import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
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

  /** Of the blocks' variants, 0 first. */
  final List<List<Double>> sparsities;

  final PruningRule rule;
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

  Measurement(List<Piece> blocks, List<List<Double>> sparsities, PruningRule rule) {
    this.blocks = blocks;
    this.sparsities = sparsities;
    this.rule = rule;
    this.drops = tallies();
    this.squaredErrors =
        sparsities.stream().map(s -> new double[s.size()]).toArray(double[][]::new);
    this.squaredDeviations = new double[blocks.size()];
    for (String e : ENVIRONMENTS) {
      environments.put(e, new Tally());
      dropsIn.put(e, tallies());
    }
  }

  private Tally[][] tallies() {
    Tally[][] tallies = sparsities.stream().map(s -> new Tally[s.size()]).toArray(Tally[][]::new);
    for (Tally[] row : tallies) {
      for (int k = 0; k < row.length; k++) {
        row[k] = new Tally();
      }
    }
    return tallies;
  }

  /** Number of a block's variants, the original among them. */
  int variants(int block) {
    return sparsities.get(block).size();
  }

  /** The variants of all blocks in an environment into which a single one is swapped. */
  int[] variantsIn(int environment) {
    return sparsities.stream()
        .mapToInt(s -> List.of(0, s.size() / 2, s.size() - 1).get(environment))
        .toArray();
  }

  /** Whether any block has another variant than the original. */
  boolean hasVariants() {
    return sparsities.stream().anyMatch(s -> s.size() > 1);
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
