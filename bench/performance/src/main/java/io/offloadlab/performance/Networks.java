package io.offloadlab.performance;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Layer;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.nn.Part;
import io.offloadlab.weights.ComponentWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Networks that plans run, as components of the shipped model. */
final class Networks {
  /** The whole network. */
  static final String FULL = "full";

  /** What LegoDNN plans for an accuracy of 77% on CIFAR-10, one image and the shipped blocks. */
  static final String LEGODNN = "legodnn";

  private static final double[] LEGODNN_SPARSITIES = {.8, .8, .6, .8, .8, .8, .8, .8};
  private static final double[] SPARSITIES = {0, .2, .4, .6, .8};
  private static final double RATIO = 0.6;

  private Networks() {}

  static ModelDirectory model() {
    ModelShelf shelf = ModelShelf.find();
    return shelf.model(shelf.defaultDataset());
  }

  /**
   * A network's components.
   *
   * @param name {@link #FULL}, {@link #LEGODNN} or an exit
   */
  static List<Component> chain(String name) {
    ModelDirectory model = model();
    return switch (name) {
      case FULL -> model.network().components(model.backbone());
      case LEGODNN -> legodnn(model);
      default -> new BranchyNet(model.network()).chain(name);
    };
  }

  private static List<Component> legodnn(ModelDirectory model) {
    List<Component> chain = new ArrayList<>();
    int block = 0;
    for (LegoChain.Piece piece : BlockDetection.detect(model.network(), RATIO).pieces()) {
      double sparsity = piece.compressible() ? LEGODNN_SPARSITIES[block++] : 0;
      chain.add(Variants.of(piece, sparsity, PruningRule.PUBLISHED, model.backbone()));
    }
    return chain;
  }

  /** Every variant of every block that the shipped model has weights of. */
  static List<Component> variants() {
    ModelDirectory model = model();
    List<Component> variants = new ArrayList<>();
    for (LegoChain.Piece piece : BlockDetection.detect(model.network(), RATIO).pieces()) {
      if (piece.compressible()) {
        for (double sparsity : SPARSITIES) {
          variants.add(Variants.of(piece, sparsity, PruningRule.PUBLISHED, model.backbone()));
        }
      }
    }
    return variants;
  }

  /** A chain with its weights. */
  static List<Part> parts(String name) {
    ModelDirectory model = model();
    return chain(name).stream()
        .map(c -> new Part(c, ComponentWeights.read(model.path(), c)))
        .toList();
  }

  /** How {@code frozen.py} calls it. */
  static String frozen(String name) {
    if (!name.equals(LEGODNN)) {
      return name;
    }
    // Of each block the filters between its convolutions.
    return chain(name).stream()
        .filter(c -> c.name().startsWith("block"))
        .map(
            c ->
                c.graph().vertices().stream()
                    .map(v -> v.layer())
                    .filter(Layer.Conv2d.class::isInstance)
                    .map(Layer.Conv2d.class::cast)
                    .findFirst()
                    .orElseThrow())
        .map(conv -> Integer.toString(conv.out()))
        .collect(Collectors.joining("/"));
  }
}
