package io.offloadlab.train.exits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Shape;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.train.input.Batch;
import io.offloadlab.train.recipe.Recipe;
import java.util.List;

/** The joint loss of all exits, the weighted mean of their cross-entropies, and its gradient. */
final class ExitStep {
  /** Loss and correct predictions per exit of one batch. */
  static final class Outcome {
    final double loss;
    final double[] hits;

    Outcome(double loss, double[] hits) {
      this.loss = loss;
      this.hits = hits;
    }
  }

  private final MultiExitNetwork network;
  private final Shape image;
  private final double smoothing;
  private final int accumulate;

  /** Of the exits' losses, with sum 1. */
  private final double[] shares;

  /**
   * @param recipe with its smoothing, its weights of the exits, and the number of batches whose
   *     gradients are averaged in one step
   */
  ExitStep(MultiExitNetwork network, Shape image, Recipe recipe) {
    this.network = network;
    this.image = image;
    this.smoothing = recipe.smoothing();
    this.accumulate = recipe.accumulate();
    this.shares = new double[network.graph().exits().size()];
    List<Double> weights = recipe.exitWeights();
    double sum = weights.stream().mapToDouble(w -> w).sum();
    for (int e = 0; e < shares.length; e++) {
      shares[e] = weights.isEmpty() ? 1.0 / shares.length : weights.get(e) / sum;
    }
  }

  /** Adds the gradient of a batch to what is there. */
  Outcome gradient(Batch batch, NDManager owner) {
    int[] labels = batch.labels();
    try (GradientRecording on = GradientRecording.recorded();
        NDManager scope = owner.newSubManager()) {
      assert on != null;
      NDArray input = ExitAccuracy.tensor(scope, batch.images(), image, batch.size());
      NDArray targets = Losses.targets(scope, labels, network.graph().classes(), smoothing);
      List<NDArray> logits = network.logits(input, TrainableGraph.Mode.TRAINING);
      double[] hits = new double[logits.size()];
      NDArray sum = null;
      for (int e = 0; e < hits.length; e++) {
        NDArray part = Losses.times(Losses.crossEntropy(logits.get(e), targets), (float) shares[e]);
        sum = sum == null ? part : sum.add(part);
        hits[e] = ExitAccuracy.hits(logits.get(e), labels);
      }
      float loss = sum.getFloat();
      GradientRecording.backward(accumulate == 1 ? sum : Losses.times(sum, 1f / accumulate), scope);
      return new Outcome(loss, hits);
    }
  }
}
