package io.offloadlab.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of a network, with its hyper-parameters and no weights.
 *
 * <p>Multiply-accumulates (MACs) are counted for convolutions and linear layers only: batch norm is
 * folded into the convolution before it at inference, and element-wise work is not counted by the
 * published comparisons either.
 */
public sealed interface Layer {
  /**
   * Shape inference.
   *
   * @param inputs shapes of the inputs, in the order of the vertex's input names
   * @return shape of the output
   * @throws IllegalArgumentException if the inputs do not fit this layer
   */
  Shape output(List<Shape> inputs);

  /**
   * Multiply-accumulates for one sample.
   *
   * @param input shape of the (first) input
   */
  default long macs(Shape input) {
    return 0;
  }

  /**
   * Shapes of the weight tensors this layer needs, by PyTorch name ({@code weight}, {@code bias},
   * {@code running_mean}, {@code running_var}), in PyTorch's order. Empty for layers without
   * weights.
   */
  default Map<String, List<Integer>> tensors() {
    return Map.of();
  }

  /** Trainable parameters; running statistics of batch norm are not counted. */
  default long parameters() {
    return tensors().entrySet().stream()
        .filter(e -> !e.getKey().startsWith("running_"))
        .mapToLong(
            e -> e.getValue().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b))
        .sum();
  }

  /**
   * Square two-dimensional convolution.
   *
   * @param in input channels
   * @param out output channels (filters)
   * @param kernel side of the kernel
   * @param stride step in both directions
   * @param padding zeros added on each side
   * @param groups 1, or {@code in} for a depthwise convolution
   * @param bias whether a bias is added
   */
  record Conv2d(int in, int out, int kernel, int stride, int padding, int groups, boolean bias)
      implements Layer {
    /**
     * @throws IllegalArgumentException if a number is out of range or channels do not divide into
     *     groups
     */
    public Conv2d {
      if (in < 1 || out < 1 || kernel < 1 || stride < 1 || padding < 0 || groups < 1) {
        throw new IllegalArgumentException(
            "convolution needs positive sizes: in %d, out %d, kernel %d, stride %d, padding %d, groups %d"
                .formatted(in, out, kernel, stride, padding, groups));
      }
      if (in % groups != 0 || out % groups != 0) {
        throw new IllegalArgumentException(
            "channels %d and %d do not divide into %d groups".formatted(in, out, groups));
      }
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape x = Layer.only(inputs, this);
      if (!x.isMap() || x.channels() != in) {
        throw new IllegalArgumentException("convolution wants (%d, h, w), got %s".formatted(in, x));
      }
      return Shape.of(out, extent(x.height()), extent(x.width()));
    }

    private int extent(int side) {
      return Math.floorDiv(side + 2 * padding - kernel, stride) + 1;
    }

    @Override
    public long macs(Shape input) {
      Shape y = output(List.of(input));
      return (long) kernel * kernel * (in / groups) * out * y.height() * y.width();
    }

    @Override
    public Map<String, List<Integer>> tensors() {
      return Layer.weightAndBias(List.of(out, in / groups, kernel, kernel), bias, out);
    }
  }

  /**
   * Batch normalisation over the channels of a feature map.
   *
   * @param channels number of channels
   * @param epsilon added to the variance
   */
  record BatchNorm2d(int channels, double epsilon) implements Layer {
    /** PyTorch's default epsilon. */
    public static final double EPSILON = 1e-5;

    @Override
    public Shape output(List<Shape> inputs) {
      Shape x = Layer.only(inputs, this);
      if (!x.isMap() || x.channels() != channels) {
        throw new IllegalArgumentException(
            "batch norm wants (%d, h, w), got %s".formatted(channels, x));
      }
      return x;
    }

    @Override
    public Map<String, List<Integer>> tensors() {
      Map<String, List<Integer>> tensors = new LinkedHashMap<>();
      for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
        tensors.put(name, List.of(channels));
      }
      return tensors;
    }
  }

  /**
   * Rectified linear unit, optionally with a ceiling.
   *
   * @param ceiling largest output, {@link Double#POSITIVE_INFINITY} for a plain ReLU, 6 for ReLU6
   */
  record Relu(double ceiling) implements Layer {
    /** A ReLU without a ceiling. */
    public static Relu unbounded() {
      return new Relu(Double.POSITIVE_INFINITY);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return Layer.only(inputs, this);
    }
  }

  /** Element-wise sum of two tensors of one shape: a residual connection. */
  record Add() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      if (inputs.size() != 2 || !inputs.get(0).equals(inputs.get(1))) {
        throw new IllegalArgumentException("addition wants two equal shapes, got " + inputs);
      }
      return inputs.get(0);
    }
  }

  /**
   * Average pooling with a square window and a stride equal to it.
   *
   * @param window side of the window
   */
  record AvgPool2d(int window) implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      Shape x = Layer.only(inputs, this);
      if (!x.isMap() || x.height() < window || x.width() < window) {
        throw new IllegalArgumentException(
            "average pool %d wants a feature map at least as large, got %s".formatted(window, x));
      }
      return Shape.of(x.channels(), x.height() / window, x.width() / window);
    }
  }

  /** Feature map to vector, in channel, row, column order. */
  record Flatten() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return Shape.of(Math.toIntExact(Layer.only(inputs, this).elements()));
    }
  }

  /**
   * Fully connected layer with bias.
   *
   * @param in input features
   * @param out output features
   */
  record Linear(int in, int out) implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      Shape x = Layer.only(inputs, this);
      if (x.isMap() || x.channels() != in) {
        throw new IllegalArgumentException("linear wants (%d), got %s".formatted(in, x));
      }
      return Shape.of(out);
    }

    @Override
    public long macs(Shape input) {
      return (long) in * out;
    }

    @Override
    public Map<String, List<Integer>> tensors() {
      return Layer.weightAndBias(List.of(out, in), true, out);
    }
  }

  private static Shape only(List<Shape> inputs, Layer layer) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(layer + " wants one input, got " + inputs.size());
    }
    return inputs.get(0);
  }

  private static Map<String, List<Integer>> weightAndBias(
      List<Integer> weight, boolean bias, int out) {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    tensors.put("weight", weight);
    if (bias) {
      tensors.put("bias", List.of(out));
    }
    return tensors;
  }
}
