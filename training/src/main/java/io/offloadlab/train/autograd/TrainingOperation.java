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
    return v.layer().accept(new Making(v.name(), tensors, owner));
  }

  /** Makes the operation of one vertex; constants are the owner's. */
  record Making(String vertex, Map<String, NDArray> tensors, NDManager owner)
      implements Layer.Visitor<TrainingOperation> {
    private static final Shape UNIT = new Shape(1, 1);
    private static final Shape NONE = new Shape(0, 0);

    private PtNDArray tensor(String kind) {
      return (PtNDArray) tensors.get(vertex + "." + kind);
    }

    @Override
    public TrainingOperation conv2d(Layer.Conv2d c) {
      PtNDArray weight = tensor("weight");
      PtNDArray bias = tensor("bias");
      Shape stride = new Shape(c.stride(), c.stride());
      Shape padding = new Shape(c.padding(), c.padding());
      return (in, mode) ->
          JniUtils.convolution(in[0], weight, bias, stride, padding, UNIT, c.groups());
    }

    @Override
    public TrainingOperation batchNorm2d(Layer.BatchNorm2d norm) {
      PtNDArray weight = tensor("weight");
      PtNDArray bias = tensor("bias");
      PtNDArray mean = tensor("running_mean");
      PtNDArray variance = tensor("running_var");
      // The native function takes the statistics first, whatever DJL calls its parameters.
      return (in, mode) ->
          JniUtils.batchNorm(
              in[0], mean, variance, weight, bias, mode == Mode.TRAINING, MOMENTUM, norm.epsilon());
    }

    @Override
    public TrainingOperation relu(Layer.Relu relu) {
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

    @Override
    public TrainingOperation add(Layer.Add add) {
      return (in, mode) -> JniUtils.add(in[0], in[1]);
    }

    @Override
    public TrainingOperation avgPool2d(Layer.AvgPool2d pool) {
      Shape window = new Shape(pool.window(), pool.window());
      return (in, mode) -> JniUtils.avgPool(in[0], window, window, NONE, false, true);
    }

    @Override
    public TrainingOperation maxPool2d(Layer.MaxPool2d pool) {
      Shape window = new Shape(pool.window(), pool.window());
      return (in, mode) -> JniUtils.maxPool(in[0], window, window, NONE, false);
    }

    @Override
    public TrainingOperation flatten(Layer.Flatten flatten) {
      return (in, mode) -> JniUtils.flatten(in[0], 1, -1);
    }

    @Override
    public TrainingOperation linear(Layer.Linear linear) {
      PtNDArray weight = tensor("weight");
      PtNDArray bias = tensor("bias");
      return (in, mode) -> JniUtils.linear(in[0], weight, bias);
    }
  }
}
