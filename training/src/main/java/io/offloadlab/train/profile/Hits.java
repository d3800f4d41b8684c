package io.offloadlab.train.profile;

import io.offloadlab.nn.Tensor;
import java.util.List;

/** Which predictions are right. */
final class Hits {
  private Hits() {}

  /**
   * 1 for every image whose largest logit is its label's, else 0.
   *
   * @param logits {@code (n, classes)}
   */
  static double[] of(Tensor logits, List<Integer> labels) {
    float[] values = logits.floats();
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
}
