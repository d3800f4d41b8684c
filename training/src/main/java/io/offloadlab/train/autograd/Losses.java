package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Losses as PyTorch defines them; every one is a mean over the batch. */
public final class Losses {
  private Losses() {}

  /**
   * Target distributions: {@code 1 - smoothing} on the label and {@code smoothing / classes} on
   * every class (Szegedy et al., "Rethinking the Inception Architecture", CVPR 2016, section 7).
   *
   * @param scope owns the result
   * @param labels in {@code 0..classes-1}
   * @param smoothing in [0, 1)
   * @return {@code (n, classes)}
   */
  public static NDArray targets(NDManager scope, int[] labels, int classes, double smoothing) {
    float[] t = new float[labels.length * classes];
    Arrays.fill(t, (float) (smoothing / classes));
    for (int i = 0; i < labels.length; i++) {
      t[i * classes + labels[i]] += (float) (1 - smoothing);
    }
    return scope.create(t, new Shape(labels.length, classes));
  }

  /**
   * Cross-entropy of logits with target distributions.
   *
   * @param logits {@code (n, classes)}
   * @param targets from {@link #targets}
   * @return a scalar under the logits' manager
   */
  public static NDArray crossEntropy(NDArray logits, NDArray targets) {
    try (NDArray logProbabilities = logits.logSoftmax(1);
        NDArray weighted = logProbabilities.mul(targets);
        NDArray sum = weighted.sum()) {
      return times(sum, -1.0f / logits.getShape().get(0));
    }
  }

  /**
   * A value times a factor, to be differentiated.
   *
   * <p>DJL's own product with a number frees the number's memory at once, when the recording still
   * holds it for the gradient: after a garbage collection in between, the gradient was scaled by
   * whatever lay there.
   *
   * @return under the value's manager, as is what the recording holds: close that after the
   *     gradient
   */
  public static NDArray times(NDArray value, float factor) {
    return value.mul(value.getManager().create(factor));
  }

  /** Mean squared difference over all elements; a scalar under the first one's manager. */
  public static NDArray meanSquaredError(NDArray output, NDArray target) {
    try (NDArray difference = output.sub(target);
        NDArray squared = difference.square()) {
      return squared.mean();
    }
  }
}
