package io.offloadlab.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Residual networks in their form for 32x32 images (He et al., "Deep Residual Learning for Image
 * Recognition", CVPR 2016, with a 3x3 stem of stride 1 and no max pooling, as trained on CIFAR).
 *
 * <p>Vertex names are those of the PyTorch form, so that weights are found by name.
 */
public final class ResNets {
  /** Channels of the first layer of the published networks. */
  public static final int FULL_WIDTH = 64;

  private static final int POOL = 4;

  private ResNets() {}

  /**
   * ResNet-18: two basic blocks per layer; 11.22 M parameters and 1110.9 MFLOPs at width 64 and 100
   * classes.
   *
   * @param classes number of classes
   * @param width channels of the first layer; 64 is the published network, 16 makes a small one
   * @param input shape of one image; sides are multiples of 32
   */
  public static ModelGraph resnet18(int classes, int width, Shape input) {
    return resnet("resnet18", List.of(2, 2, 2, 2), classes, width, input);
  }

  /** ResNet-34: 3, 4, 6 and 3 basic blocks per layer; otherwise as {@link #resnet18}. */
  public static ModelGraph resnet34(int classes, int width, Shape input) {
    return resnet("resnet34", List.of(3, 4, 6, 3), classes, width, input);
  }

  private static ModelGraph resnet(
      String name, List<Integer> depths, int classes, int width, Shape input) {
    GraphBuilder g = new GraphBuilder(input);
    List<Stage> stages = new ArrayList<>();
    g.conv("conv1", input.channels(), width, 3, 1).norm("bn1", width).relu("relu1");
    stages.add(new Stage("root", g.last()));
    int in = width;
    int block = 0;
    for (int i = 0; i < depths.size(); i++) {
      int out = width << i;
      for (int j = 0; j < depths.get(i); j++) {
        int stride = i > 0 && j == 0 ? 2 : 1;
        basicBlock(g, String.format(Locale.ROOT, "layer%d.%d", i + 1, j), in, out, stride);
        stages.add(new Stage("block-" + block++, g.last()));
        in = out;
      }
    }
    g.pool("pool", POOL).flatten("flatten").linear("linear", classes);
    stages.add(new Stage("head", g.last()));
    return g.build(name, stages);
  }

  /**
   * Appends a basic block: two 3x3 convolutions with batch norm and a shortcut around them, which
   * is a 1x1 convolution where the shape changes.
   *
   * @param g the graph so far
   * @param path PyTorch module path of the block, such as {@code layer2.0}
   * @param in input channels
   * @param out output channels
   * @param stride of the first convolution
   */
  public static void basicBlock(GraphBuilder g, String path, int in, int out, int stride) {
    String entry = g.last();
    g.conv(path + ".conv1", in, out, 3, stride).norm(path + ".bn1", out).relu(path + ".relu1");
    g.conv(path + ".conv2", out, out, 3, 1).norm(path + ".bn2", out);
    String main = g.last();
    String shortcut = entry;
    if (stride != 1 || in != out) {
      g.from(entry).conv(path + ".shortcut.0", in, out, 1, stride).norm(path + ".shortcut.1", out);
      shortcut = g.last();
    }
    g.add(path + ".add", main, shortcut).relu(path + ".relu2");
  }
}
