package io.offloadlab.train.blocks;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import io.offloadlab.legodnn.blocks.FilterSelection;
import io.offloadlab.legodnn.blocks.Pruning;
import io.offloadlab.legodnn.blocks.PruningGroup;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The weights of a pruned block, taken from the original's: the filters of largest L1 norm. */
final class Extraction {
  private final ModelGraph block;
  private final Map<String, StoredTensor> original;

  /** Channels that vertices keep of what they give, and of what they read; all where absent. */
  private final Map<String, int[]> outputs = new HashMap<>();

  private final Map<String, int[]> inputs = new HashMap<>();

  private Extraction(ModelGraph block, Map<String, StoredTensor> original) {
    this.block = block;
    this.original = original;
  }

  /**
   * Extracts a variant.
   *
   * @param block the original
   * @param original its weights, by name
   * @param sparsity fraction of filters removed, in [0, 1)
   * @return tensors of {@link Pruning#prune}, by name
   */
  static Map<String, StoredTensor> prune(
      ModelGraph block, Map<String, StoredTensor> original, double sparsity, PruningRule rule) {
    Extraction extraction = new Extraction(block, original);
    Pruning.groups(block).forEach(g -> extraction.choose(g, sparsity, rule));
    return extraction.tensors();
  }

  private void choose(PruningGroup group, double sparsity, PruningRule rule) {
    Layer.Conv2d conv = (Layer.Conv2d) block.vertex(group.convolution()).layer();
    float[] weight = original.get(group.convolution() + ".weight").floats();
    int[] kept = FilterSelection.largest(weight, conv.out(), rule.kept(conv.out(), sparsity));
    outputs.put(group.convolution(), kept);
    group.carried().forEach(v -> outputs.put(v, kept));
    group.consumers().forEach((v, each) -> inputs.put(v, features(kept, each)));
  }

  private static int[] features(int[] channels, int each) {
    return IntStream.of(channels).flatMap(c -> IntStream.range(c * each, (c + 1) * each)).toArray();
  }

  private Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Vertex v : block.vertices()) {
      for (String kind : v.layer().tensors().keySet()) {
        StoredTensor t = original.get(v.name() + "." + kind);
        if (outputs.containsKey(v.name())) {
          t = select(t, 0, outputs.get(v.name()));
        }
        if (inputs.containsKey(v.name()) && kind.equals("weight")) {
          t = select(t, 1, inputs.get(v.name()));
        }
        tensors.put(t.name(), t);
      }
    }
    return tensors;
  }

  /** The tensor with only some indices of one dimension. */
  private static StoredTensor select(StoredTensor t, int dimension, int[] indices) {
    List<Integer> shape = new ArrayList<>(t.shape());
    int extent = shape.set(dimension, indices.length);
    int inner = t.shape().stream().skip(dimension + 1L).reduce(1, Math::multiplyExact);
    int outer = t.shape().stream().limit(dimension).reduce(1, Math::multiplyExact);
    float[] from = t.floats();
    float[] to = new float[outer * indices.length * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(
            from, (o * extent + indices[i]) * inner, to, (o * indices.length + i) * inner, inner);
      }
    }
    return StoredTensor.of(t.name(), shape, to);
  }
}
