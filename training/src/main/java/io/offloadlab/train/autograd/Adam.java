package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba, ICLR 2015) exactly as {@code torch.optim.Adam}: epsilon is added to the
 * bias-corrected root, and weight decay is an L2 term of the gradient.
 */
public final class Adam extends Optimizer {
  /**
   * How far back the moments look.
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of their squares
   * @param epsilon added to the root of the latter
   * @param weightDecay L2 factor
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer.Settings {
    @Override
    public Optimizer create(NDManager owner, Map<String, NDArray> parameters) {
      return new Adam(owner, parameters, this);
    }

    /** PyTorch's defaults: 0.9, 0.999, 1e-8, no weight decay. */
    public static Settings defaults() {
      return new Settings(0.9, 0.999, 1e-8, 0);
    }
  }

  private final Settings settings;
  private PtNDArray beta1;
  private PtNDArray beta2;
  private PtNDArray fresh1;
  private PtNDArray fresh2;
  private PtNDArray rootScale;
  private PtNDArray epsilon;
  private PtNDArray rate;
  private PtNDArray decay;

  /**
   * @param owner of the moments
   * @param parameters trainable tensors by name
   */
  public Adam(NDManager owner, Map<String, NDArray> parameters, Settings settings) {
    super(owner, parameters, "mean", "square");
    this.settings = settings;
  }

  @Override
  void begin(NDManager scope, double learningRate) {
    beta1 = constant(scope, settings.beta1);
    beta2 = constant(scope, settings.beta2);
    fresh1 = constant(scope, 1 - settings.beta1);
    fresh2 = constant(scope, 1 - settings.beta2);
    rootScale = constant(scope, 1 / Math.sqrt(1 - Math.pow(settings.beta2, (double) steps())));
    epsilon = constant(scope, settings.epsilon);
    rate = constant(scope, learningRate / (1 - Math.pow(settings.beta1, (double) steps())));
    decay = constant(scope, settings.weightDecay);
  }

  @Override
  void update(PtNDArray tensor, PtNDArray gradient, List<PtNDArray> memory) {
    if (settings.weightDecay != 0) {
      addScaled(gradient, tensor, decay);
    }
    PtNDArray mean = memory.get(0);
    PtNDArray square = memory.get(1);
    JniUtils.muli(mean, beta1);
    addScaled(mean, gradient, fresh1);
    JniUtils.muli(gradient, gradient);
    JniUtils.muli(square, beta2);
    addScaled(square, gradient, fresh2);
    try (PtNDArray root = JniUtils.sqrt(square)) {
      JniUtils.muli(root, rootScale);
      JniUtils.addi(root, epsilon);
      try (PtNDArray change = JniUtils.div(mean, root)) {
        JniUtils.muli(change, rate);
        JniUtils.subi(tensor, change);
      }
    }
  }
}
