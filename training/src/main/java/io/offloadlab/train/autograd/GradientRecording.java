package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The stretch of a thread's work that is recorded for differentiation. Outside of it nothing is
 * recorded, so an evaluation costs no memory for it.
 *
 * <p>Not DJL's {@code GradientCollector}, of which there can be but one in a process.
 */
public final class GradientRecording implements AutoCloseable {
  private final boolean before;

  private GradientRecording(boolean record) {
    this.before = JniUtils.isGradMode();
    JniUtils.setGradMode(record);
  }

  /** Records what the calling thread computes until it is closed. */
  public static GradientRecording recorded() {
    return new GradientRecording(true);
  }

  /** Does not record what the calling thread computes until it is closed. */
  public static GradientRecording unrecorded() {
    return new GradientRecording(false);
  }

  /**
   * Adds the gradient of a loss to that of every trainable tensor it depends on, and forgets the
   * recording.
   *
   * @param loss a scalar
   * @param scope owns what is needed on the way
   */
  public static void backward(NDArray loss, NDManager scope) {
    try (NDArray one = scope.ones(loss.getShape(), loss.getDataType())) {
      JniUtils.backward((PtNDArray) loss, ((PtNDManager) scope).from(one), false, false);
    }
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
