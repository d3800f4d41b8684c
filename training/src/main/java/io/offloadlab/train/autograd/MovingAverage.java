package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;

/**
 * Exponential moving averages of tensors (Polyak and Juditsky, SIAM J. Control Optim. 1992, with
 * exponential weights), running statistics included: {@code a = d a + (1 - d) x}.
 *
 * <p>The decay {@code d} grows with the steps as {@code (1 + t) / (10 + t)} until it reaches its
 * own value, so that the first weights, which are random, are soon forgotten.
 */
public final class MovingAverage {
  private final Map<String, NDArray> averages;
  private final double decay;

  /**
   * @param averages of every tensor by name, with the values to begin from; they stay the caller's
   *     and are changed in place
   * @param decay in [0, 1)
   */
  public MovingAverage(Map<String, NDArray> averages, double decay) {
    this.averages = Map.copyOf(averages);
    this.decay = decay;
  }

  /**
   * Moves every average towards a tensor's present value.
   *
   * @param tensors by name, of the averages' shapes
   * @param step number of the step that led to these values, from 1
   * @param owner of what is needed on the way
   */
  public void add(Map<String, NDArray> tensors, long step, NDManager owner) {
    double d = Math.min(decay, (1.0 + step) / (10.0 + step));
    try (GradientRecording off = GradientRecording.unrecorded();
        NDManager scope = owner.newSubManager()) {
      assert off != null;
      PtNDArray old = Optimizer.constant(scope, d);
      PtNDArray fresh = Optimizer.constant(scope, 1 - d);
      averages.forEach(
          (name, average) -> {
            JniUtils.muli((PtNDArray) average, old);
            Optimizer.addScaled((PtNDArray) average, (PtNDArray) tensors.get(name), fresh);
          });
    }
  }
}
