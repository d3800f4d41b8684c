package io.offloadlab.course;

import java.util.ArrayList;
import java.util.List;

/**
 * How unsure a classifier is of a sample: the entropy of its class probabilities, in nats, from 0
 * (sure) to the logarithm of the number of classes (BranchyNet, section III, equation 3).
 */
public final class Entropy {
  private Entropy() {}

  /**
   * Entropy of every sample of a batch.
   *
   * @param logits class scores, row-major: as many per sample
   * @param batch samples, at least 1
   */
  public static List<Double> ofEach(float[] logits, int batch) {
    int classes = logits.length / batch;
    List<Double> all = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      all.add(of(logits, i * classes, classes));
    }
    return all;
  }

  /**
   * Entropy of the softmax of some logits.
   *
   * @param from index of the first of them
   * @param count how many, at least 1
   */
  public static double of(float[] logits, int from, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = from; j < from + count; j++) {
      largest = Math.max(largest, logits[j]);
    }
    double sum = 0;
    double weighted = 0;
    for (int j = from; j < from + count; j++) {
      double shifted = logits[j] - largest;
      double e = Math.exp(shifted);
      sum += e;
      weighted += e * shifted;
    }
    // Rounding must not make a sure sample surer than sure.
    return Math.max(0, Math.log(sum) - weighted / sum);
  }
}
