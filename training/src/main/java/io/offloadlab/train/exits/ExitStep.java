package io.offloadlab.train.exits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.train.autograd.Gradients;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.train.input.Batch;
import java.util.List;

/**
 * The joint loss of all exits: the mean of their cross-entropies, all of equal weight, and its
 * gradient.
 */
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
  private final io.offloadlab.graph.Shape image;
  private final double smoothing;
  private final int accumulate;

  /**
   * @param accumulate batches whose gradients are averaged in one step
   */
  ExitStep(
      MultiExitNetwork network, io.offloadlab.graph.Shape image, double smoothing, int accumulate) {
    this.network = network;
    this.image = image;
    this.smoothing = smoothing;
    this.accumulate = accumulate;
  }

  /** Adds the gradient of a batch to what is there. */
  Outcome gradient(Batch batch, NDManager owner) {
    int[] labels = batch.labels();
    try (Gradients on = Gradients.recorded();
        NDManager scope = owner.newSubManager()) {
      assert on != null;
      NDArray input = ExitAccuracy.tensor(scope, batch.images(), image, batch.size());
      NDArray targets = Losses.targets(scope, labels, network.graph().classes(), smoothing);
      List<NDArray> logits = network.logits(input, TrainableGraph.Mode.TRAINING);
      double[] hits = new double[logits.size()];
      NDArray sum = null;
      for (int e = 0; e < hits.length; e++) {
        NDArray loss = Losses.crossEntropy(logits.get(e), targets);
        sum = sum == null ? loss : sum.add(loss);
        hits[e] = ExitAccuracy.hits(logits.get(e), labels);
      }
      NDArray mean = sum.mul(1f / hits.length);
      float loss = mean.getFloat();
      Gradients.backward(accumulate == 1 ? mean : mean.mul(1f / accumulate), scope);
      return new Outcome(loss, hits);
    }
  }
}
