package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.Vertex;
import io.offloadlab.train.autograd.TrainableGraph.Mode;
import java.util.Map;

/** A layer as a differentiable operation on its inputs. */
interface TrainingOperation {
  /** Weight of the newest batch in the running statistics, PyTorch's default. */
  double MOMENTUM = 0.1;

  /** Makes a new tensor under the first input's manager. */
  PtNDArray apply(PtNDArray[] in, Mode mode);

  static TrainingOperation of(Vertex v, Map<String, NDArray> tensors, NDManager owner) {
    PtNDArray weight = (PtNDArray) tensors.get(v.name() + ".weight");
    PtNDArray bias = (PtNDArray) tensors.get(v.name() + ".bias");
    if (v.layer() instanceof Layer.Conv2d c) {
      Shape stride = new Shape(c.stride(), c.stride());
      Shape padding = new Shape(c.padding(), c.padding());
      Shape dilation = new Shape(1, 1);
      return (in, mode) ->
          JniUtils.convolution(in[0], weight, bias, stride, padding, dilation, c.groups());
    } else if (v.layer() instanceof Layer.Linear) {
      return (in, mode) -> JniUtils.linear(in[0], weight, bias);
    } else if (v.layer() instanceof Layer.BatchNorm2d norm) {
      PtNDArray mean = (PtNDArray) tensors.get(v.name() + ".running_mean");
      PtNDArray variance = (PtNDArray) tensors.get(v.name() + ".running_var");
      // The native function takes the statistics first, whatever DJL calls its parameters.
      return (in, mode) ->
          JniUtils.batchNorm(
              in[0], mean, variance, weight, bias, mode == Mode.TRAINING, MOMENTUM, norm.epsilon());
    } else if (v.layer() instanceof Layer.Relu r) {
      return relu(r, owner);
    } else if (v.layer() instanceof Layer.Add) {
      return (in, mode) -> JniUtils.add(in[0], in[1]);
    } else if (v.layer() instanceof Layer.AvgPool2d p) {
      Shape window = new Shape(p.window(), p.window());
      Shape none = new Shape(0, 0);
      return (in, mode) -> JniUtils.avgPool(in[0], window, window, none, false, true);
    } else if (v.layer() instanceof Layer.Flatten) {
      return (in, mode) -> JniUtils.flatten(in[0], 1, -1);
    }
    throw new IllegalArgumentException("no training operation for " + v.layer());
  }

  private static TrainingOperation relu(Layer.Relu relu, NDManager owner) {
    if (Double.isInfinite(relu.ceiling())) {
      return (in, mode) -> JniUtils.relu(in[0]);
    }
    PtNDArray ceiling = (PtNDArray) owner.create((float) relu.ceiling());
    return (in, mode) -> {
      try (PtNDArray positive = JniUtils.relu(in[0])) {
        return JniUtils.min(positive, ceiling);
      }
    };
  }
}
