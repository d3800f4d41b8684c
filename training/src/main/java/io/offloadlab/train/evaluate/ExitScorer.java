package io.offloadlab.train.evaluate;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.course.Entropy;
import io.offloadlab.data.ImageSet;
import io.offloadlab.graph.Component;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import io.offloadlab.nn.TensorScope;
import io.offloadlab.weights.ComponentWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs every exit of a network on images; what several exits share is computed once. */
public final class ExitScorer implements AutoCloseable {
  private final BranchyNet network;
  private final Engine engine;
  private final Map<Component, Program> loaded = new LinkedHashMap<>();

  /**
   * @param network exits and chains
   * @param model directory of the weights
   * @param engine stays the caller's
   * @throws io.offloadlab.failure.RunFailure if weights are missing or do not fit
   */
  public ExitScorer(BranchyNet network, Path model, Engine engine) {
    this.network = network;
    this.engine = engine;
    try {
      for (Component c : network.components()) {
        loaded.put(c, engine.load(c, ComponentWeights.read(model, c)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Scores the first images of a set.
   *
   * @param images with labels
   * @param count how many, at most the set's size
   * @param batch images at a time
   * @param progress told how many are done
   */
  public ExitScores score(ImageSet images, int count, int batch, IntConsumer progress) {
    int exits = BranchyNet.EXITS.size();
    int[][] predictions = new int[exits][count];
    double[][] entropies = new double[exits][count];
    int[] labels = new int[count];
    for (int from = 0; from < count; from += batch) {
      List<Integer> indices = IntStream.range(from, Math.min(count, from + batch)).boxed().toList();
      indices.forEach(i -> labels[i] = images.label(i).orElseThrow());
      score(images, indices, predictions, entropies);
      progress.accept(from + indices.size());
    }
    return new ExitScores(predictions, entropies, labels);
  }

  private void score(
      ImageSet images, List<Integer> indices, int[][] predictions, double[][] entropies) {
    try (TensorScope scope = new TensorScope()) {
      Tensor input = engine.wrap(images.batch(indices), indices.size(), images.shape());
      Map<List<Component>, Tensor> done = new LinkedHashMap<>();
      done.put(List.of(), scope.keep(input));
      for (int e = 0; e < BranchyNet.EXITS.size(); e++) {
        List<Component> prefix = new ArrayList<>();
        Tensor x = input;
        for (Component c : network.chain(BranchyNet.EXITS.get(e))) {
          prefix.add(c);
          Tensor before = x;
          x = done.computeIfAbsent(List.copyOf(prefix), p -> scope.keep(loaded.get(c).run(before)));
        }
        write(x, indices, predictions[e], entropies[e]);
      }
    }
  }

  private static void write(
      Tensor logits, List<Integer> indices, int[] predictions, double[] entropies) {
    float[] values = logits.floats();
    int classes = values.length / indices.size();
    for (int row = 0; row < indices.size(); row++) {
      int best = row * classes;
      for (int j = row * classes; j < (row + 1) * classes; j++) {
        best = values[j] > values[best] ? j : best;
      }
      predictions[indices.get(row)] = best - row * classes;
      entropies[indices.get(row)] = Entropy.of(values, row * classes, classes);
    }
  }

  @Override
  public void close() {
    loaded.values().forEach(Program::close);
  }
}
