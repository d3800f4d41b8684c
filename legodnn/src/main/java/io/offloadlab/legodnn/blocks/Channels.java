package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.Layer;

/** What a layer does to the channels that it reads: what pruning must know of it. */
enum Channels {
  /** Gives each of them on as it is, or changed on its own. */
  CARRIED,
  /** Gives each of them on as the features of its pixels. */
  FLATTENED,
  /** Makes new ones, each of all that it reads. */
  MIXED,
  /** Ties each of them to channels from elsewhere. */
  TIED;

  static Channels of(Layer layer) {
    return layer.accept(Reading.INSTANCE);
  }

  private enum Reading implements Layer.Visitor<Channels> {
    INSTANCE;

    @Override
    public Channels conv2d(Layer.Conv2d c) {
      if (c.groups() == 1) {
        return MIXED;
      }
      return c.groups() == c.in() && c.in() == c.out() ? CARRIED : TIED;
    }

    @Override
    public Channels batchNorm2d(Layer.BatchNorm2d norm) {
      return CARRIED;
    }

    @Override
    public Channels relu(Layer.Relu relu) {
      return CARRIED;
    }

    @Override
    public Channels add(Layer.Add add) {
      return TIED;
    }

    @Override
    public Channels avgPool2d(Layer.AvgPool2d pool) {
      return CARRIED;
    }

    @Override
    public Channels maxPool2d(Layer.MaxPool2d pool) {
      return CARRIED;
    }

    @Override
    public Channels flatten(Layer.Flatten flatten) {
      return FLATTENED;
    }

    @Override
    public Channels linear(Layer.Linear linear) {
      return MIXED;
    }
  }
}
