package io.offloadlab.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The network architectures that can be built by name. */
public final class Networks {
  private interface Builder {
    ModelGraph build(int classes, int width, Shape input);
  }

  /**
   * One architecture.
   *
   * @param width channels of the published network's first layer
   */
  private record Architecture(Builder builder, int width) {}

  private static final Map<String, Architecture> ARCHITECTURES =
      new TreeMap<>(
          Map.of(
              "mobilenetv2", new Architecture(MobileNets::mobilenetV2, MobileNets.FULL_WIDTH),
              "resnet18", new Architecture(ResNets::resnet18, ResNets.FULL_WIDTH),
              "resnet34", new Architecture(ResNets::resnet34, ResNets.FULL_WIDTH)));

  private Networks() {}

  /** Names of the architectures, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(ARCHITECTURES.keySet());
  }

  /**
   * A network by its architecture's name.
   *
   * @param architecture one of {@link #names}
   * @param classes number of classes
   * @param width channels of the first layer
   * @param input shape of one image
   * @throws IllegalArgumentException if the architecture is unknown; a user's word is to be looked
   *     up in {@link #names} first
   */
  public static ModelGraph build(String architecture, int classes, int width, Shape input) {
    return named(architecture).builder.build(classes, width, input);
  }

  /**
   * Channels of the first layer of the published network.
   *
   * @param architecture one of {@link #names}
   * @throws IllegalArgumentException if the architecture is unknown
   */
  public static int publishedWidth(String architecture) {
    return named(architecture).width;
  }

  private static Architecture named(String architecture) {
    Architecture known = ARCHITECTURES.get(architecture);
    if (known == null) {
      throw new IllegalArgumentException(
          "unknown network '%s'; known are %s".formatted(architecture, String.join(", ", names())));
    }
    return known;
  }
}
