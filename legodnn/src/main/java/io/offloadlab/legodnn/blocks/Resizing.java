package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.Layer;

/**
 * A layer with another number of channels: in and out where the layer tells them apart, the same
 * number twice where it does not.
 *
 * @param in channels or features that it reads
 * @param out channels or features that it gives
 */
record Resizing(int in, int out) implements Layer.Visitor<Layer> {
  /** With the numbers that the layer has now. */
  static Layer inputs(Layer layer, int in) {
    return layer.accept(new Resizing(in, 0));
  }

  static Layer outputs(Layer layer, int out) {
    return layer.accept(new Resizing(0, out));
  }

  /** Both, of a layer that carries its channels. */
  static Layer carried(Layer layer, int channels) {
    return layer.accept(new Resizing(channels, channels));
  }

  private static int changed(int to, int from) {
    return to == 0 ? from : to;
  }

  @Override
  public Layer conv2d(Layer.Conv2d c) {
    int reads = changed(in, c.in());
    int groups = c.groups() == 1 ? 1 : reads;
    return new Layer.Conv2d(
        reads, changed(out, c.out()), c.kernel(), c.stride(), c.padding(), groups, c.bias());
  }

  @Override
  public Layer batchNorm2d(Layer.BatchNorm2d norm) {
    return new Layer.BatchNorm2d(changed(in, norm.channels()), norm.epsilon());
  }

  @Override
  public Layer relu(Layer.Relu relu) {
    return relu;
  }

  @Override
  public Layer add(Layer.Add add) {
    return add;
  }

  @Override
  public Layer avgPool2d(Layer.AvgPool2d pool) {
    return pool;
  }

  @Override
  public Layer maxPool2d(Layer.MaxPool2d pool) {
    return pool;
  }

  @Override
  public Layer flatten(Layer.Flatten flatten) {
    return flatten;
  }

  @Override
  public Layer linear(Layer.Linear linear) {
    return new Layer.Linear(changed(in, linear.in()), changed(out, linear.out()));
  }
}
