package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The components a piece can be: as it is, or pruned at a sparsity. */
public final class Variants {
  /** File of the pruned blocks' weights in a model's directory. */
  public static final String BLOCK_WEIGHTS = "blocks.safetensors";

  /** Sparsities that blocks are pruned at; 0 is the original. */
  public static final List<Double> SPARSITIES = List.of(0.0, 0.2, 0.4, 0.6, 0.8);

  private Variants() {}

  /**
   * The sparsities at which a piece differs from itself and from its own variant at a smaller one.
   * Rounding makes some counts of filters the same; with the published rule hardly any are.
   *
   * @param sparsities to choose from, ascending, each above 0
   */
  public static List<Double> distinct(Piece piece, List<Double> sparsities, PruningRule rule) {
    Set<ModelGraph> seen = new HashSet<>(Set.of(piece.graph()));
    return sparsities.stream()
        .filter(s -> seen.add(Pruning.prune(piece.graph(), s, rule)))
        .toList();
  }

  /**
   * A variant of a piece.
   *
   * @param piece of a network
   * @param sparsity fraction of filters removed from its prunable convolutions, in [0, 1)
   * @param rule by which its filters were counted
   * @param backbone where the original's weights rest
   * @return {@code block-3} with the backbone's weights at sparsity 0, else {@code block-3@0.4}
   *     with the weights named {@code block-3/sparsity-0.4/…} in {@link #BLOCK_WEIGHTS}
   */
  public static Component of(Piece piece, double sparsity, PruningRule rule, WeightRef backbone) {
    if (sparsity == 0) {
      return new Component(piece.name(), piece.graph(), backbone);
    }
    String at = BigDecimal.valueOf(sparsity).stripTrailingZeros().toPlainString();
    String name = piece.name() + "@" + at;
    WeightRef weights =
        new WeightRef(
            BLOCK_WEIGHTS,
            commonPath(piece.graph()),
            "%s/sparsity-%s/".formatted(piece.name(), at));
    ModelGraph pruned = Pruning.prune(piece.graph(), sparsity, rule);
    return new Component(name, pruned, weights);
  }

  /** The module path that all of a graph's tensors share, with its dot: {@code layer2.1.}. */
  private static String commonPath(ModelGraph graph) {
    String shared = null;
    for (String tensor : graph.tensors().keySet()) {
      int same = 0;
      String before = shared == null ? tensor : shared;
      while (same < Math.min(before.length(), tensor.length())
          && before.charAt(same) == tensor.charAt(same)) {
        same++;
      }
      shared = before.substring(0, same);
    }
    return shared == null ? "" : shared.substring(0, shared.lastIndexOf('.') + 1);
  }
}
