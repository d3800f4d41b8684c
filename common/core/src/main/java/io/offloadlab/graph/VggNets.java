package io.offloadlab.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * VGG-16 (Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", ICLR 2015, configuration D): as published, for images of 224x224, and in the form
 * for 32x32 images that is commonly trained on CIFAR, with batch norm and one linear layer in place
 * of three.
 *
 * <p>Every convolution is a component of its own, together with the pooling behind it, so that what
 * leaves a component is as small as it gets. Vertex names are those of the sequential PyTorch form:
 * {@code features.0} is the first convolution, {@code classifier} the linear layer, {@code
 * classifier.0} the first of three.
 */
public final class VggNets {
  /** Channels of the first layer of the published network. */
  public static final int FULL_WIDTH = 64;

  /** Name of the family of the published form. */
  static final String IMAGE_NET = "vgg16-imagenet";

  /** 4096 values at the published width of 64. */
  private static final int HIDDEN_PER_CHANNEL = 64;

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
    List<Stage> stages = features(g, width, input.channels(), true);
    g.flatten("flatten").linear("classifier", classes);
    stages.add(new Stage("head", g.last()));
    return g.build("vgg16", stages);
  }

  /**
   * VGG-16 as published: 13 convolutions without batch norm and three linear layers, of 4096, 4096
   * and as many values as there are classes; 138,357,544 parameters and 30.94 GFLOPs at width 64,
   * 1000 classes and images of (3, 224, 224). The three linear layers are one component, the head:
   * more than nine tenths of the network are computed before them, so that a cut between them has
   * nothing to offer.
   *
   * @param classes number of classes
   * @param width channels of the first layer; 64 is the published network. The linear layers have
   *     64 times as many values
   * @param input shape of one image; sides are multiples of 32
   */
  public static ModelGraph vgg16ImageNet(int classes, int width, Shape input) {
    GraphBuilder g = new GraphBuilder(input);
    List<Stage> stages = features(g, width, input.channels(), false);
    int hidden = HIDDEN_PER_CHANNEL * width;
    g.flatten("flatten").linear("classifier.0", hidden).relu("classifier.1");
    g.linear("classifier.3", hidden).relu("classifier.4").linear("classifier.6", classes);
    stages.add(new Stage("head", g.last()));
    return g.build(IMAGE_NET, stages);
  }

  /** Appends the convolutions; gives a stage for each. */
  private static List<Stage> features(GraphBuilder g, int width, int channels, boolean norm) {
    List<Stage> stages = new ArrayList<>();
    int in = channels;
    int index = 0;
    for (Group group : VGG16) {
      for (int i = 0; i < group.count; i++) {
        int out = width * group.times;
        g.append("features." + index++, new Layer.Conv2d(in, out, 3, 1, 1, 1, true));
        if (norm) {
          g.norm("features." + index++, out);
        }
        g.relu("features." + index++);
        in = out;
        if (i == group.count - 1) {
          g.maxPool("features." + index++, 2);
        }
        int convolution = stages.size() + 1;
        stages.add(new Stage(convolution == 1 ? "root" : "conv-" + convolution, g.last()));
      }
    }
    return stages;
  }
}
