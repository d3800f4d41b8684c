package io.offloadlab.train.evaluate;

/** How unsure a classifier is. */
public final class Entropy {
  private Entropy() {}

  /**
   * Entropy of the softmax of some logits, in nats.
   *
   * @param logits of one image or more
   * @param from index of an image's first
   * @param count number of classes
   */
  public static double ofLogits(float[] logits, int from, int count) {
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
    return Math.log(sum) - weighted / sum;
  }
}
