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
import java.util.Arrays;
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

  /**
   * A variant with the filters of a narrower one as those are, and with the original's for the
   * filters that the narrower one lacks. What reads those begins at zero, so that the variant gives
   * what the narrower one gave, which was trained to do without them.
   *
   * @param rule by which filters are counted
   * @param narrow tensors of {@link Pruning#prune} by another rule, by name
   * @param narrowRule the other one, which {@link #holds}
   * @return tensors of {@link Pruning#prune}, by name
   */
  static Map<String, StoredTensor> widen(
      ModelGraph block,
      Map<String, StoredTensor> original,
      double sparsity,
      PruningRule rule,
      Map<String, StoredTensor> narrow,
      PruningRule narrowRule) {
    Extraction wide = new Extraction(block, original);
    Extraction thin = new Extraction(block, original);
    for (PruningGroup group : Pruning.groups(block)) {
      wide.choose(group, sparsity, rule);
      thin.choose(group, sparsity, narrowRule);
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Vertex v : block.vertices()) {
      for (String kind : v.layer().tensors().keySet()) {
        String name = v.name() + "." + kind;
        int[] rows = places(thin.outputs.get(v.name()), wide.outputs.get(v.name()));
        int[] columns =
            kind.equals("weight")
                ? places(thin.inputs.get(v.name()), wide.inputs.get(v.name()))
                : null;
        tensors.put(name, placed(narrow.get(name), wide.tensor(v, kind), rows, columns));
      }
    }
    return tensors;
  }

  /** Whether a variant by one rule has all filters that it has by another one. */
  static boolean holds(
      ModelGraph block, double sparsity, PruningRule rule, PruningRule narrowRule) {
    return Pruning.groups(block).stream()
        .map(g -> ((Layer.Conv2d) block.vertex(g.convolution()).layer()).out())
        .allMatch(filters -> narrowRule.kept(filters, sparsity) <= rule.kept(filters, sparsity));
  }

  /** Where the indices lie among others, both ascending; null for all. */
  private static int[] places(int[] indices, int[] among) {
    return indices == null
        ? null
        : IntStream.of(indices).map(i -> Arrays.binarySearch(among, i)).toArray();
  }

  /**
   * A tensor with another's values at some rows and columns, null for all of them. The rest of
   * those rows is zero; other rows stay.
   */
  private static StoredTensor placed(
      StoredTensor from, StoredTensor into, int[] rows, int[] columns) {
    float[] values = from.floats();
    float[] all = into.floats();
    int[] small = extents(from);
    int[] large = extents(into);
    for (int r = 0; r < small[0]; r++) {
      int row = rows == null ? r : rows[r];
      Arrays.fill(all, row * large[1] * large[2], (row + 1) * large[1] * large[2], 0);
      for (int c = 0; c < small[1]; c++) {
        int column = columns == null ? c : columns[c];
        System.arraycopy(
            values,
            (r * small[1] + c) * small[2],
            all,
            (row * large[1] + column) * large[2],
            small[2]);
      }
    }
    return StoredTensor.of(into.name(), into.shape(), all);
  }

  /** Rows, columns, and values in each of them. */
  private static int[] extents(StoredTensor t) {
    List<Integer> shape = t.shape();
    return new int[] {
      shape.get(0),
      shape.size() > 1 ? shape.get(1) : 1,
      shape.stream().skip(2).reduce(1, Math::multiplyExact)
    };
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
        StoredTensor t = tensor(v, kind);
        tensors.put(t.name(), t);
      }
    }
    return tensors;
  }

  private StoredTensor tensor(Vertex v, String kind) {
    StoredTensor t = original.get(v.name() + "." + kind);
    if (outputs.containsKey(v.name())) {
      t = select(t, 0, outputs.get(v.name()));
    }
    if (inputs.containsKey(v.name()) && kind.equals("weight")) {
      t = select(t, 1, inputs.get(v.name()));
    }
    return t;
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
