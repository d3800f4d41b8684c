package io.offloadlab.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * VGG networks in their form for 32x32 images (Simonyan and Zisserman, "Very Deep Convolutional
 * Networks for Large-Scale Image Recognition", ICLR 2015, configuration D, with batch norm and one
 * linear layer in place of three, as commonly trained on CIFAR).
 *
 * <p>Every convolution is a component of its own, together with the pooling behind it, so that what
 * leaves a component is as small as it gets. Vertex names are those of the sequential PyTorch form:
 * {@code features.0} is the first convolution, {@code classifier} the linear layer.
 */
public final class VggNets {
  /** Channels of the first layer of the published network. */
  public static final int FULL_WIDTH = 64;

  /**
   * A run of equal 3x3 convolutions that ends in a pooling.
   *
   * @param count of convolutions
   * @param times channels, in multiples of the width
   */
  private record Group(int count, int times) {}

  private static final List<Group> VGG16 =
      List.of(new Group(2, 1), new Group(2, 2), new Group(3, 4), new Group(3, 8), new Group(3, 8));

  private VggNets() {}

  /**
   * VGG-16 with batch norm: 13 convolutions; 14.73 M parameters and 626.4 MFLOPs at width 64 and 10
   * classes.
   *
   * @param classes number of classes
   * @param width channels of the first layer; 64 is the published network, 8 makes a small one
   * @param input shape of one image; sides are multiples of 32
   */
  public static ModelGraph vgg16(int classes, int width, Shape input) {
    GraphBuilder g = new GraphBuilder(input);
    List<Stage> stages = new ArrayList<>();
    int in = input.channels();
    int index = 0;
    for (Group group : VGG16) {
      for (int i = 0; i < group.count; i++) {
        int out = width * group.times;
        g.append("features." + index++, new Layer.Conv2d(in, out, 3, 1, 1, 1, true));
        g.norm("features." + index++, out).relu("features." + index++);
        in = out;
        if (i == group.count - 1) {
          g.maxPool("features." + index++, 2);
        }
        int convolution = stages.size() + 1;
        stages.add(new Stage(convolution == 1 ? "root" : "conv-" + convolution, g.last()));
      }
    }
    g.flatten("flatten").linear("classifier", classes);
    stages.add(new Stage("head", g.last()));
    return g.build("vgg16", stages);
  }
}
