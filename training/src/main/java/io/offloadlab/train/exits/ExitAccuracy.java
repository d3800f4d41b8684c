package io.offloadlab.train.exits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.data.ImageSet;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.pytorch.TensorBuffers;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.TrainableGraph;
import java.nio.ByteBuffer;
import java.util.List;

/** How many images each exit classifies correctly. */
final class ExitAccuracy {
  private static final int BATCH = 250;

  private ExitAccuracy() {}

  /** Correct predictions of one batch of logits {@code (n, classes)}. */
  static int hits(NDArray logits, int[] labels) {
    float[] values = logits.toFloatArray();
    int classes = values.length / labels.length;
    int hits = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (values[i * classes + c] > values[i * classes + best]) {
          best = c;
        }
      }
      hits += best == labels[i] ? 1 : 0;
    }
    return hits;
  }

  /**
   * Accuracy of every exit in 0..1, in their order.
   *
   * @param indices labelled images, at least one
   */
  static double[] of(
      MultiExitNetwork network, ImageSet images, List<Integer> indices, NDManager owner) {
    double[] accuracy = new double[network.graph().exits().size()];
    for (int from = 0; from < indices.size(); from += BATCH) {
      List<Integer> part = indices.subList(from, Math.min(from + BATCH, indices.size()));
      int[] labels = images.labels(part).stream().mapToInt(Integer::intValue).toArray();
      try (GradientRecording off = GradientRecording.unrecorded();
          NDManager scope = owner.newSubManager()) {
        assert off != null;
        NDArray input = tensor(scope, images.batch(part), images.shape(), part.size());
        List<NDArray> logits = network.logits(input, TrainableGraph.Mode.EVALUATION);
        for (int e = 0; e < accuracy.length; e++) {
          accuracy[e] += hits(logits.get(e), labels) / (double) indices.size();
        }
      }
    }
    return accuracy;
  }

  static NDArray tensor(NDManager scope, ByteBuffer images, Shape shape, int count) {
    return TensorBuffers.wrap(scope, images, count, shape);
  }
}
