package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Structured pruning of a block by reasoning on its graph: a convolution is prunable when none of
 * its output channels reaches the block's output, so that pruning it leaves the block's shape as it
 * was. Channels are followed through batch norms, ReLUs, pooling, flattening and depthwise
 * convolutions up to the convolutions and linear layers that mix them.
 *
 * <p>A convolution whose channels meet others in an addition, or enter a grouped convolution that
 * is not depthwise, is left alone: its channels could only be removed together with others'.
 */
public final class Pruning {
  private Pruning() {}

  /**
   * The prunable convolutions of a block in topological order.
   *
   * @param block a single-input single-output stretch
   */
  public static List<PruningGroup> groups(ModelGraph block) {
    return block.vertices().stream()
        .filter(v -> v.layer() instanceof Layer.Conv2d c && c.groups() == 1)
        .flatMap(v -> follow(block, v.name()).stream())
        .toList();
  }

  /**
   * The block with the same vertices in which every prunable convolution keeps as many filters as a
   * rule says.
   *
   * @param block a single-input single-output stretch
   * @param sparsity fraction of filters removed, in [0, 1); 0 gives an equal graph
   */
  public static ModelGraph prune(ModelGraph block, double sparsity, PruningRule rule) {
    Map<String, Layer> layers = new HashMap<>();
    block.vertices().forEach(v -> layers.put(v.name(), v.layer()));
    for (PruningGroup group : groups(block)) {
      Layer.Conv2d conv = (Layer.Conv2d) layers.get(group.convolution());
      int kept = rule.kept(conv.out(), sparsity);
      layers.put(group.convolution(), Resizing.outputs(conv, kept));
      group.carried().forEach(v -> layers.computeIfPresent(v, (n, l) -> Resizing.carried(l, kept)));
      group
          .consumers()
          .forEach(
              (v, each) -> layers.computeIfPresent(v, (n, l) -> Resizing.inputs(l, kept * each)));
    }
    List<Vertex> vertices =
        block.vertices().stream()
            .map(v -> new Vertex(v.name(), layers.get(v.name()), v.inputs()))
            .toList();
    return new ModelGraph(block.name(), block.input(), vertices, List.of());
  }

  private static Optional<PruningGroup> follow(ModelGraph block, String convolution) {
    List<String> carried = new ArrayList<>();
    Map<String, Integer> consumers = new LinkedHashMap<>();
    Map<String, Integer> featuresPerChannel = new HashMap<>(Map.of(convolution, 1));
    Deque<String> open = new ArrayDeque<>(List.of(convolution));
    while (!open.isEmpty()) {
      String at = open.remove();
      int each = featuresPerChannel.get(at);
      if (at.equals(block.output())) {
        return Optional.empty();
      }
      for (String reader : block.readersOf(at)) {
        Layer layer = block.vertex(reader).layer();
        Channels channels = Channels.of(layer);
        if (channels == Channels.TIED) {
          return Optional.empty();
        }
        if (channels == Channels.MIXED) {
          consumers.put(reader, each);
          continue;
        }
        if (!layer.tensors().isEmpty()) {
          carried.add(reader);
        }
        featuresPerChannel.put(
            reader, channels == Channels.FLATTENED ? each * pixels(block.shape(at)) : each);
        open.add(reader);
      }
    }
    return Optional.of(new PruningGroup(convolution, carried, consumers));
  }

  /** Of one channel; 1 for a vector. */
  private static int pixels(Shape shape) {
    return Math.toIntExact(shape.elements() / shape.dims().get(0));
  }
}
