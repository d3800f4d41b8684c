package io.offloadlab.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * MobileNetV2 in its form for 32x32 images (Sandler et al., "MobileNetV2: Inverted Residuals and
 * Linear Bottlenecks", CVPR 2018, with stride 1 in the stem and in the first two groups, as
 * commonly trained on CIFAR).
 */
public final class MobileNets {
  /** Channels of the stem at width 1.0. */
  public static final int FULL_WIDTH = 32;

  private static final int POOL = 4;
  private static final int HEAD = 1280;
  private static final double CEILING = 6;

  /**
   * A group of equal inverted residuals.
   *
   * @param expansion factor of the channels between the two 1x1 convolutions
   * @param channels given, at width 1.0
   * @param count of residuals
   * @param stride of the first one
   */
  private record Group(int expansion, int channels, int count, int stride) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(1, 16, 1, 1),
          new Group(6, 24, 2, 1),
          new Group(6, 32, 3, 2),
          new Group(6, 64, 4, 2),
          new Group(6, 96, 3, 1),
          new Group(6, 160, 3, 2),
          new Group(6, 320, 1, 1));

  private MobileNets() {}

  /**
   * MobileNetV2: 17 inverted residuals; 2.24 M parameters at width 32 and 10 classes.
   *
   * @param classes number of classes
   * @param width channels of the stem; 32 is the published network (width multiplier 1.0), others
   *     scale every layer with it, in multiples of 4
   * @param input shape of one image; sides are multiples of 32
   */
  public static ModelGraph mobilenetV2(int classes, int width, Shape input) {
    GraphBuilder g = new GraphBuilder(input);
    List<Stage> stages = new ArrayList<>();
    g.conv("conv1", input.channels(), width, 3, 1).norm("bn1", width);
    g.append("relu1", new Layer.Relu(CEILING));
    stages.add(new Stage("root", g.last()));
    int in = width;
    int index = 0;
    for (Group group : GROUPS) {
      int out = scaled(group.channels, width);
      for (int i = 0; i < group.count; i++) {
        int stride = i == 0 ? group.stride : 1;
        invertedResidual(g, "layers." + index, in, out, group.expansion, stride);
        stages.add(new Stage("block-" + index++, g.last()));
        in = out;
      }
    }
    int head = scaled(HEAD, width);
    g.conv("conv2", in, head, 1, 1).norm("bn2", head).append("relu2", new Layer.Relu(CEILING));
    g.pool("pool", POOL).flatten("flatten").linear("linear", classes);
    stages.add(new Stage("head", g.last()));
    return g.build("mobilenetv2", stages);
  }

  private static int scaled(int channels, int width) {
    return Math.max(4, Math.round(channels * (float) width / FULL_WIDTH / 4) * 4);
  }

  /** Expansion, depthwise convolution, projection; a shortcut where nothing changes its shape. */
  private static void invertedResidual(
      GraphBuilder g, String path, int in, int out, int expansion, int stride) {
    String entry = g.last();
    int middle = in * expansion;
    if (expansion > 1) {
      g.conv(path + ".conv1", in, middle, 1, 1).norm(path + ".bn1", middle);
      g.append(path + ".relu1", new Layer.Relu(CEILING));
    }
    g.append(path + ".conv2", new Layer.Conv2d(middle, middle, 3, stride, 1, middle, false));
    g.norm(path + ".bn2", middle).append(path + ".relu2", new Layer.Relu(CEILING));
    g.conv(path + ".conv3", middle, out, 1, 1).norm(path + ".bn3", out);
    if (stride == 1 && in == out) {
      g.add(path + ".add", g.last(), entry);
    }
  }
}
