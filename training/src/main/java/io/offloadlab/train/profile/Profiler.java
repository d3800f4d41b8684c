package io.offloadlab.train.profile;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.offloadlab.data.ImageSet;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.TensorBuffers;
import io.offloadlab.train.blocks.BlockFile;
import io.offloadlab.train.exits.ExitBranch;
import io.offloadlab.train.exits.MultiExitGraph;
import io.offloadlab.weights.ComponentWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Runs test images through exits, single-block swaps and whole combinations of variants. */
final class Profiler implements AutoCloseable {
  private static final int BATCH = 125;

  private final MultiExitGraph graph;
  private final ImageSet images;
  private final NDManager manager;
  private final List<Piece> pieces;
  private final Measurement result;

  /** Variants of every piece; a fixed piece has one. */
  private final List<List<LoadedComponent>> loaded = new ArrayList<>();

  /** The network's own components: an exit may lie inside a block. */
  private final List<LoadedComponent> network = new ArrayList<>();

  private final Map<String, LoadedComponent> branches = new HashMap<>();

  /**
   * Loads everything that is to be measured.
   *
   * @param directory holds the weights
   * @param variants blocks and sparsities to measure; a block that is not among them stays as it is
   */
  Profiler(
      Engine engine,
      Path directory,
      MultiExitGraph graph,
      ImageSet images,
      double ratio,
      BlockFile variants) {
    this.graph = graph;
    this.images = images;
    this.manager = engine.newManager();
    List<Double> sparsities = new ArrayList<>(List.of(0.0));
    sparsities.addAll(variants.sparsities());
    LegoChain chain = measured(BlockDetection.detect(graph.backbone(), ratio), variants);
    this.pieces = chain.pieces();
    this.result = new Measurement(chain.blocks(), sparsities);
    WeightRef backbone = WeightRef.of(ModelDirectory.BACKBONE);
    for (Piece piece : pieces) {
      List<LoadedComponent> row = new ArrayList<>();
      for (double s : piece.compressible() ? sparsities : List.of(0.0)) {
        row.add(load(engine, directory, Variants.of(piece, s, backbone)));
      }
      loaded.add(row);
    }
    for (Component c : graph.backbone().components(backbone)) {
      network.add(load(engine, directory, c));
    }
    for (ExitBranch b : graph.branches()) {
      Component exit = new Component(b.name(), b.graph(), backbone);
      branches.put(b.name(), load(engine, directory, exit));
    }
    graph.exits().forEach(e -> result.exits.put(e, new Tally()));
  }

  /**
   * The chain with only those blocks compressible that are to be measured; all if none has
   * variants.
   */
  private static LegoChain measured(LegoChain whole, BlockFile variants) {
    if (variants.blocks().isEmpty()) {
      return whole;
    }
    return new LegoChain(
        whole.pieces().stream()
            .map(
                p ->
                    new Piece(
                        p.name(),
                        p.graph(),
                        p.compressible() && variants.blocks().contains(p.name())))
            .toList());
  }

  private static LoadedComponent load(Engine engine, Path directory, Component component) {
    return engine.load(component, ComponentWeights.read(directory, component));
  }

  /** What is measured; filled by {@link #measure}. */
  Measurement result() {
    return result;
  }

  /**
   * Measures.
   *
   * @param indices labelled images
   * @param progress hears how many are done
   */
  void measure(List<Integer> indices, IntConsumer progress) {
    for (int from = 0; from < indices.size(); from += BATCH) {
      List<Integer> part = indices.subList(from, Math.min(indices.size(), from + BATCH));
      try (NDManager scope = manager.newSubManager()) {
        batch(scope, part);
      }
      progress.accept(from + part.size());
    }
  }

  private void batch(NDManager scope, List<Integer> part) {
    var shape = images.shape();
    NDArray input =
        TensorBuffers.wrap(
            scope,
            images.batch(part),
            new Shape(part.size(), shape.channels(), shape.height(), shape.width()));
    List<Integer> labels = images.labels(part);
    exits(input, labels);
    double[][][][] hits = swaps(input, labels);
    int blocks = result.blocks.size();
    for (int n = 0; n < part.size(); n++) {
      for (int i = 0; i < blocks; i++) {
        for (int k = 0; k < result.sparsities.size(); k++) {
          double mean = 0;
          for (int e = 0; e < hits.length; e++) {
            double drop = hits[e][i][0][n] - hits[e][i][k][n];
            result.dropsIn.get(Measurement.ENVIRONMENTS.get(e))[i][k].add(drop);
            mean += drop / hits.length;
          }
          result.drops[i][k].add(mean);
        }
      }
    }
    for (int c = 0; c < result.combinations.size(); c++) {
      Tally tally = result.combinationHits.get(c);
      int[] variants = result.combinations.get(c);
      Arrays.stream(right(run(input, 0, 0, variants), labels)).forEach(tally::add);
    }
  }

  private void exits(NDArray input, List<Integer> labels) {
    int exits = graph.exits().size();
    double[][] entropy = new double[labels.size()][exits];
    boolean[][] correct = new boolean[labels.size()][exits];
    NDArray x = input;
    int[] next = {0};
    for (LoadedComponent part : network) {
      x = part.run(x);
      String at = part.component().graph().output();
      for (ExitBranch b : graph.branches()) {
        if (b.after().equals(at)) {
          note(b.name(), branches.get(b.name()).run(x), labels, next[0]++, entropy, correct);
        }
      }
    }
    note(MultiExitGraph.LAST_EXIT, x, labels, next[0], entropy, correct);
    result.entropies.addAll(List.of(entropy));
    result.right.addAll(List.of(correct));
  }

  private void note(
      String exit,
      NDArray logits,
      List<Integer> labels,
      int index,
      double[][] entropy,
      boolean[][] correct) {
    double[] hits = right(logits, labels);
    float[] p = logits.softmax(1).toFloatArray();
    int classes = p.length / hits.length;
    for (int n = 0; n < hits.length; n++) {
      result.exits.get(exit).add(hits[n]);
      correct[n][index] = hits[n] == 1;
      for (int c = 0; c < classes; c++) {
        double q = p[n * classes + c];
        entropy[n][index] -= q * Math.log(Math.max(q, 1e-12));
      }
    }
  }

  /** 1 for every image that a single-block swap gets right, by environment, block and variant. */
  private double[][][][] swaps(NDArray input, List<Integer> labels) {
    int blocks = result.blocks.size();
    double[][][][] hits = new double[Measurement.ENVIRONMENTS.size()][blocks][][];
    for (int e = 0; e < hits.length; e++) {
      int common = result.variantOf(e);
      int[] variants = new int[blocks];
      Arrays.fill(variants, common);
      double[] unchanged = right(run(input, 0, 0, variants), labels);
      Tally environment = result.environments.get(Measurement.ENVIRONMENTS.get(e));
      Arrays.stream(unchanged).forEach(environment::add);
      NDArray x = input;
      int block = 0;
      for (int p = 0; p < pieces.size(); p++) {
        if (!pieces.get(p).compressible()) {
          x = loaded.get(p).get(0).run(x);
          continue;
        }
        hits[e][block] = new double[result.sparsities.size()][];
        for (int k = 0; k < result.sparsities.size(); k++) {
          hits[e][block][k] =
              k == common
                  ? unchanged
                  : right(run(loaded.get(p).get(k).run(x), p + 1, block + 1, variants), labels);
        }
        x = loaded.get(p).get(common).run(x);
        block++;
      }
    }
    return hits;
  }

  /** The rest of the network from a piece on, intermediate tensors released. */
  private NDArray run(NDArray from, int piece, int block, int[] variants) {
    NDArray x = from;
    int b = block;
    for (int p = piece; p < pieces.size(); p++) {
      int variant = pieces.get(p).compressible() ? variants[b++] : 0;
      NDArray y = loaded.get(p).get(variant).run(x);
      if (p > piece) {
        x.close();
      }
      x = y;
    }
    return x;
  }

  private static double[] right(NDArray logits, List<Integer> labels) {
    float[] values = logits.toFloatArray();
    int classes = values.length / labels.size();
    double[] right = new double[labels.size()];
    for (int n = 0; n < right.length; n++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = values[n * classes + c] > values[n * classes + best] ? c : best;
      }
      right[n] = best == labels.get(n) ? 1 : 0;
    }
    return right;
  }

  @Override
  public void close() {
    loaded.forEach(row -> row.forEach(LoadedComponent::close));
    network.forEach(LoadedComponent::close);
    branches.values().forEach(LoadedComponent::close);
    manager.close();
  }
}
