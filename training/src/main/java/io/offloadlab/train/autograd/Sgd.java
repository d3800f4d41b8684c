package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum exactly as {@code torch.optim.SGD}: the velocity is
 * free of the learning rate, and weight decay is an L2 term of the gradient.
 */
public final class Sgd extends Optimizer {
  /**
   * How a step is taken.
   *
   * @param momentum in [0, 1)
   * @param nesterov whether the gradient looks ahead along the velocity
   * @param weightDecay L2 factor, on every tensor, batch norms included
   */
  public record Settings(double momentum, boolean nesterov, double weightDecay)
      implements Optimizer.Settings {
    @Override
    public Optimizer create(NDManager owner, Map<String, NDArray> parameters) {
      return new Sgd(owner, parameters, this);
    }
  }

  private final Settings settings;
  private PtNDArray momentum;
  private PtNDArray decay;
  private PtNDArray rate;

  /**
   * @param owner of the velocities
   * @param parameters trainable tensors by name
   */
  public Sgd(NDManager owner, Map<String, NDArray> parameters, Settings settings) {
    super(owner, parameters, "momentum");
    this.settings = settings;
  }

  @Override
  void begin(NDManager scope, double learningRate) {
    momentum = constant(scope, settings.momentum);
    decay = constant(scope, settings.weightDecay);
    rate = constant(scope, learningRate);
  }

  @Override
  void update(PtNDArray tensor, PtNDArray gradient, List<PtNDArray> memory) {
    PtNDArray velocity = memory.get(0);
    if (settings.weightDecay != 0) {
      addScaled(gradient, tensor, decay);
    }
    JniUtils.muli(velocity, momentum);
    JniUtils.addi(velocity, gradient);
    PtNDArray direction = velocity;
    if (settings.nesterov) {
      addScaled(gradient, velocity, momentum);
      direction = gradient;
    }
    try (PtNDArray change = JniUtils.mul(direction, rate)) {
      JniUtils.subi(tensor, change);
    }
  }
}
