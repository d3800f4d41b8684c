package io.offloadlab.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
   * What is done with each kind of layer. Everything that tells layers apart is one of these, so
   * that a new layer does not compile before all of it knows what to do with it.
   *
   * @param <R> what comes of it
   */
  interface Visitor<R> {
    /** A convolution. */
    R conv2d(Conv2d conv);

    /** A batch normalisation. */
    R batchNorm2d(BatchNorm2d norm);

    /** A ReLU. */
    R relu(Relu relu);

    /** A sum. */
    R add(Add add);

    /** An average pooling. */
    R avgPool2d(AvgPool2d pool);

    /** A maximum pooling. */
    R maxPool2d(MaxPool2d pool);

    /** A flattening. */
    R flatten(Flatten flatten);

    /** A fully connected layer. */
    R linear(Linear linear);
  }

  /** Calls the visitor's method for this kind of layer. */
  <R> R accept(Visitor<R> visitor);

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
  long macs(Shape input);

  /**
   * Shapes of the weight tensors this layer needs, by PyTorch name ({@code weight}, {@code bias},
   * {@code running_mean}, {@code running_var}), in PyTorch's order. Empty for layers without
   * weights.
   */
  Map<String, List<Integer>> tensors();

  /** Trainable parameters; running statistics of batch norm are not counted. */
  default long parameters() {
    return tensors().entrySet().stream()
        .filter(e -> !e.getKey().startsWith("running_"))
        .mapToLong(
            e -> e.getValue().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b))
        .sum();
  }

  /** A layer without weights, whose work is not counted. */
  sealed interface Weightless extends Layer {
    @Override
    default long macs(Shape input) {
      return 0;
    }

    @Override
    default Map<String, List<Integer>> tensors() {
      return Map.of();
    }
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
            String.format(
                Locale.ROOT,
                "convolution needs positive sizes: in %d, out %d, kernel %d, stride %d, padding %d, groups %d",
                in,
                out,
                kernel,
                stride,
                padding,
                groups));
      }
      if (in % groups != 0 || out % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "channels %d and %d do not divide into %d groups", in, out, groups));
      }
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape x = Layer.only(inputs, this);
      if (!x.isMap() || x.channels() != in) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "convolution wants (%d, h, w), got %s", in, x));
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

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.conv2d(this);
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
            String.format(Locale.ROOT, "batch norm wants (%d, h, w), got %s", channels, x));
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

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.batchNorm2d(this);
    }

    @Override
    public long macs(Shape input) {
      return 0;
    }
  }

  /**
   * Rectified linear unit, optionally with a ceiling.
   *
   * @param ceiling largest output, {@link Double#POSITIVE_INFINITY} for a plain ReLU, 6 for ReLU6
   */
  record Relu(double ceiling) implements Weightless {
    /** A ReLU without a ceiling. */
    public static Relu unbounded() {
      return new Relu(Double.POSITIVE_INFINITY);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return Layer.only(inputs, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.relu(this);
    }
  }

  /** Element-wise sum of two tensors of one shape: a residual connection. */
  record Add() implements Weightless {
    @Override
    public Shape output(List<Shape> inputs) {
      if (inputs.size() != 2 || !inputs.get(0).equals(inputs.get(1))) {
        throw new IllegalArgumentException("addition wants two equal shapes, got " + inputs);
      }
      return inputs.get(0);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.add(this);
    }
  }

  /**
   * Average pooling with a square window and a stride equal to it.
   *
   * @param window side of the window
   */
  record AvgPool2d(int window) implements Weightless {
    @Override
    public Shape output(List<Shape> inputs) {
      return Layer.pooled(Layer.only(inputs, this), window, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.avgPool2d(this);
    }
  }

  /**
   * Maximum pooling with a square window and a stride equal to it.
   *
   * @param window side of the window
   */
  record MaxPool2d(int window) implements Weightless {
    @Override
    public Shape output(List<Shape> inputs) {
      return Layer.pooled(Layer.only(inputs, this), window, this);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.maxPool2d(this);
    }
  }

  /** Feature map to vector, in channel, row, column order. */
  record Flatten() implements Weightless {
    @Override
    public Shape output(List<Shape> inputs) {
      return Shape.of(Math.toIntExact(Layer.only(inputs, this).elements()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.flatten(this);
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
      if (!x.isVector() || x.features() != in) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "linear wants (%d), got %s", in, x));
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

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.linear(this);
    }
  }

  private static Shape only(List<Shape> inputs, Layer layer) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(layer + " wants one input, got " + inputs.size());
    }
    return inputs.get(0);
  }

  private static Shape pooled(Shape x, int window, Layer layer) {
    if (window < 1 || !x.isMap() || x.height() < window || x.width() < window) {
      throw new IllegalArgumentException(
          "%s wants a feature map at least as large as its window, got %s".formatted(layer, x));
    }
    return Shape.of(x.channels(), x.height() / window, x.width() / window);
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
