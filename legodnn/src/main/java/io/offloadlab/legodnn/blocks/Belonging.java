package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.Layer;

/**
 * Whether a layer belongs to what it reads, so that nobody would cut before it: it works on each
 * value alone, or leaves less to send.
 */
enum Belonging implements Layer.Visitor<Boolean> {
  INSTANCE;

  static boolean toWhatItReads(Layer layer) {
    return layer.accept(INSTANCE);
  }

  @Override
  public Boolean conv2d(Layer.Conv2d conv) {
    return false;
  }

  @Override
  public Boolean batchNorm2d(Layer.BatchNorm2d norm) {
    return true;
  }

  @Override
  public Boolean relu(Layer.Relu relu) {
    return true;
  }

  @Override
  public Boolean add(Layer.Add add) {
    return false;
  }

  /** A network's last one belongs to its head. */
  @Override
  public Boolean avgPool2d(Layer.AvgPool2d pool) {
    return false;
  }

  @Override
  public Boolean maxPool2d(Layer.MaxPool2d pool) {
    return true;
  }

  @Override
  public Boolean flatten(Layer.Flatten flatten) {
    return false;
  }

  @Override
  public Boolean linear(Layer.Linear linear) {
    return false;
  }
}
