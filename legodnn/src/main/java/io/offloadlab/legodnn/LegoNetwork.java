package io.offloadlab.legodnn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.legodnn.accuracy.AccuracyPredictor;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The network's pieces in order, each with the variants that can be chosen for it: those of the
 * blocks that the profile measured. A block that it did not measure has no weights either and runs
 * as it is.
 *
 * @param pieces in order
 */
record LegoNetwork(List<Piece> pieces) {
  /**
   * One piece.
   *
   * @param variants the original first
   */
  record Piece(List<Variant> variants) {}

  /**
   * One variant.
   *
   * @param component what runs
   * @param cost what it costs in accuracy
   */
  record Variant(Component component, double cost) {}

  static LegoNetwork of(StrategyContext context, double ratio, AccuracyPredictor predictor) {
    WeightRef backbone = WeightRef.of(StrategyContext.BACKBONE_WEIGHTS);
    PruningRule rule = new PruningRule(context.profile().channelsMultiple());
    List<Piece> pieces = new ArrayList<>();
    for (LegoChain.Piece piece : BlockDetection.detect(context.network(), ratio).pieces()) {
      List<Variant> variants = new ArrayList<>();
      variants.add(new Variant(Variants.of(piece, 0, rule, backbone), 0));
      for (double sparsity : sparsities(piece, context.profile())) {
        variants.add(
            new Variant(
                Variants.of(piece, sparsity, rule, backbone),
                predictor.cost(piece.name(), sparsity)));
      }
      pieces.add(new Piece(List.copyOf(variants)));
    }
    return new LegoNetwork(List.copyOf(pieces));
  }

  /** Every variant of every piece, in order. */
  List<Component> components() {
    return pieces.stream().flatMap(p -> p.variants().stream()).map(Variant::component).toList();
  }

  /** Shape of one sample before each piece, and after the last one. */
  List<Shape> tensors() {
    List<Shape> tensors = new ArrayList<>();
    pieces.forEach(p -> tensors.add(p.variants().get(0).component().input()));
    tensors.add(pieces.get(pieces.size() - 1).variants().get(0).component().output());
    return tensors;
  }

  /** Bytes of the smallest network. */
  long leastBytes() {
    return pieces.stream()
        .mapToLong(p -> p.variants().stream().mapToLong(v -> v.component().bytes()).min().orElse(0))
        .sum();
  }

  /** Bytes of the original network. */
  long bytes() {
    return pieces.stream().mapToLong(p -> p.variants().get(0).component().bytes()).sum();
  }

  /** What a chain of these components costs in accuracy. */
  double cost(List<Component> chain) {
    if (chain.size() != pieces.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a route of this network has %d components, not %d",
              pieces.size(),
              chain.size()));
    }
    double cost = 0;
    for (int i = 0; i < chain.size(); i++) {
      String name = chain.get(i).name();
      cost +=
          pieces.get(i).variants().stream()
              .filter(v -> v.component().name().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("not a variant of this network: " + name))
              .cost();
    }
    return cost;
  }

  private static List<Double> sparsities(LegoChain.Piece piece, ModelProfile profile) {
    if (!piece.compressible() || profile.blocks() == null) {
      return List.of();
    }
    return profile.blocks().stream()
        .filter(b -> b.name().equals(piece.name()))
        .flatMap(b -> b.variants().stream())
        .map(ModelProfile.Variant::sparsity)
        .filter(s -> s > 0)
        .toList();
  }
}
