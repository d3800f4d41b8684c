package io.offloadlab.train.profile;

import io.offloadlab.data.ImageSet;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import io.offloadlab.nn.TensorScope;
import io.offloadlab.train.blocks.BlockFile;
import io.offloadlab.train.exits.MultiExitGraph;
import io.offloadlab.weights.ComponentWeights;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Runs test images through exits, single-block swaps and whole combinations of variants. */
final class AccuracyProfiler implements AutoCloseable {
  private static final int BATCH = 125;

  private final ExitProfiler exits;
  private final ImageSet images;
  private final Engine engine;
  private final List<Piece> pieces;
  private final Measurements results;
  private final Measurement result;

  /** Variants of every piece; a fixed piece has one. */
  private final List<List<Program>> loaded = new ArrayList<>();

  /**
   * Loads everything that is to be measured.
   *
   * @param directory holds the weights
   * @param variants blocks and sparsities to measure; a block that is not among them stays as it is
   */
  AccuracyProfiler(
      Engine engine,
      Path directory,
      MultiExitGraph graph,
      ImageSet images,
      double ratio,
      BlockFile variants) {
    this.images = images;
    this.engine = engine;
    LegoChain chain = measured(BlockDetection.detect(graph.backbone(), ratio), variants);
    this.pieces = chain.pieces();
    List<List<Double>> sparsities =
        chain.blocks().stream().map(b -> withOriginal(variants.sparsities(b))).toList();
    this.results = Measurements.of(chain.blocks(), sparsities, variants.rule());
    this.result = results.all();
    WeightRef backbone = WeightRef.of(ModelDirectory.BACKBONE);
    for (Piece piece : pieces) {
      List<Program> row = new ArrayList<>();
      List<Double> pruned = piece.compressible() ? variants.sparsities(piece) : List.of();
      for (double s : withOriginal(pruned)) {
        row.add(load(engine, directory, Variants.of(piece, s, variants.rule(), backbone)));
      }
      loaded.add(row);
    }
    this.exits = new ExitProfiler(engine, directory, graph, results);
  }

  private static List<Double> withOriginal(List<Double> pruned) {
    return Stream.concat(Stream.of(0.0), pruned.stream()).toList();
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

  static Program load(Engine engine, Path directory, Component component) {
    return engine.load(component, ComponentWeights.read(directory, component));
  }

  /** What is measured; filled by {@link #measure}. */
  Measurements results() {
    return results;
  }

  /**
   * Measures.
   *
   * @param chosen labelled images
   * @param progress hears how many are done, of {@link ChosenImages#total}
   */
  void measure(ChosenImages chosen, IntConsumer progress) {
    int done = 0;
    done = each(chosen.exits(), this::exits, done, progress);
    done = each(chosen.blocks(), this::blocks, done, progress);
    each(chosen.combinations(), this::combinations, done, progress);
  }

  /** What is done with a batch: its images, their numbers, their labels. */
  private interface Step {
    void run(Tensor input, List<Integer> records, List<Integer> labels, TensorScope scope);
  }

  private int each(List<Integer> records, Step step, int before, IntConsumer progress) {
    for (int from = 0; from < records.size(); from += BATCH) {
      List<Integer> part = records.subList(from, Math.min(records.size(), from + BATCH));
      try (TensorScope scope = new TensorScope()) {
        Tensor input = scope.keep(engine.wrap(images.batch(part), part.size(), images.shape()));
        step.run(input, part, images.labels(part), scope);
      }
      progress.accept(before + from + part.size());
    }
    return before + records.size();
  }

  private void exits(Tensor input, List<Integer> records, List<Integer> labels, TensorScope scope) {
    exits.measure(input, records, labels, scope);
  }

  private void blocks(
      Tensor input, List<Integer> records, List<Integer> labels, TensorScope scope) {
    double[][] unchanged = new double[Measurement.ENVIRONMENTS.size()][];
    double[][][][] hits = swaps(input, labels, unchanged, scope);
    for (int n = 0; n < records.size(); n++) {
      int image = n;
      results.count(records.get(n), m -> countBlocks(m, hits, unchanged, image));
    }
  }

  private void countBlocks(Measurement m, double[][][][] hits, double[][] unchanged, int n) {
    for (int e = 0; e < hits.length; e++) {
      m.environments.get(Measurement.ENVIRONMENTS.get(e)).add(unchanged[e][n]);
    }
    for (int i = 0; i < m.blocks.size(); i++) {
      for (int k = 0; k < m.variants(i); k++) {
        double mean = 0;
        for (int e = 0; e < hits.length; e++) {
          double drop = hits[e][i][0][n] - hits[e][i][k][n];
          m.dropsIn.get(Measurement.ENVIRONMENTS.get(e))[i][k].add(drop);
          mean += drop / hits.length;
        }
        m.drops[i][k].add(mean);
      }
    }
  }

  private void combinations(
      Tensor input, List<Integer> records, List<Integer> labels, TensorScope scope) {
    for (int c = 0; c < result.combinations.size(); c++) {
      double[] hits = hits(input, 0, 0, result.combinations.get(c), labels);
      for (int n = 0; n < hits.length; n++) {
        int combination = c;
        double hit = hits[n];
        results.count(records.get(n), m -> m.combinationHits.get(combination).add(hit));
      }
    }
  }

  /**
   * 1 for every image that a single-block swap gets right, by environment, block and variant.
   *
   * @param without takes the same for the environments themselves
   */
  private double[][][][] swaps(
      Tensor input, List<Integer> labels, double[][] without, TensorScope scope) {
    int blocks = result.blocks.size();
    double[][][][] hits = new double[Measurement.ENVIRONMENTS.size()][blocks][][];
    for (int e = 0; e < hits.length; e++) {
      int[] variants = result.variantsIn(e);
      double[] unchanged = hits(input, 0, 0, variants, labels);
      without[e] = unchanged;
      Tensor x = input;
      int block = 0;
      for (int p = 0; p < pieces.size(); p++) {
        if (!pieces.get(p).compressible()) {
          x = scope.keep(loaded.get(p).get(0).run(x));
          continue;
        }
        int common = variants[block];
        hits[e][block] = new double[result.variants(block)][];
        Tensor next = scope.keep(loaded.get(p).get(common).run(x));
        for (int k = 0; k < result.variants(block); k++) {
          Tensor output = k == common ? next : scope.keep(loaded.get(p).get(k).run(x));
          if (e == 0) {
            result.squaredErrors[block][k] += squaredDifference(output, next);
          }
          hits[e][block][k] =
              k == common ? unchanged : hits(output, p + 1, block + 1, variants, labels);
        }
        if (e == 0) {
          result.squaredDeviations[block] += squaredDeviation(next);
        }
        x = next;
        block++;
      }
    }
    return hits;
  }

  private static double squaredDifference(Tensor a, Tensor b) {
    FloatBuffer left = a.bytes().asFloatBuffer();
    FloatBuffer right = b.bytes().asFloatBuffer();
    double sum = 0;
    for (int i = 0; i < left.limit(); i++) {
      double difference = (double) left.get(i) - right.get(i);
      sum += difference * difference;
    }
    return sum;
  }

  /** From the mean over all elements. */
  private static double squaredDeviation(Tensor tensor) {
    FloatBuffer values = tensor.bytes().asFloatBuffer();
    double mean = 0;
    for (int i = 0; i < values.limit(); i++) {
      mean += values.get(i);
    }
    mean /= values.limit();
    double sum = 0;
    for (int i = 0; i < values.limit(); i++) {
      double deviation = values.get(i) - mean;
      sum += deviation * deviation;
    }
    return sum;
  }

  /** Which images the rest of the network gets right, from a piece on. */
  private double[] hits(Tensor from, int piece, int block, int[] variants, List<Integer> labels) {
    Tensor x = from;
    int b = block;
    try {
      for (int p = piece; p < pieces.size(); p++) {
        int variant = pieces.get(p).compressible() ? variants[b++] : 0;
        Tensor y = loaded.get(p).get(variant).run(x);
        if (x != from) {
          x.close();
        }
        x = y;
      }
      return Hits.of(x, labels);
    } finally {
      if (x != from) {
        x.close();
      }
    }
  }

  @Override
  public void close() {
    loaded.forEach(row -> row.forEach(Program::close));
    exits.close();
  }
}
