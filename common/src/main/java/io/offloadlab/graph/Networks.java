package io.offloadlab.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The network architectures that can be built by name. */
public final class Networks {
  private interface Builder {
    ModelGraph build(int classes, int width, Shape input);
  }

  private static final Map<String, Builder> BUILDERS =
      new TreeMap<>(
          Map.of(
              "mobilenetv2", MobileNets::mobilenetV2,
              "resnet18", ResNets::resnet18,
              "resnet34", ResNets::resnet34));

  private Networks() {}

  /** Names of the architectures, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(BUILDERS.keySet());
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
    Builder builder = BUILDERS.get(architecture);
    if (builder == null) {
      throw new IllegalArgumentException(
          "unknown network '%s'; known are %s".formatted(architecture, String.join(", ", names())));
    }
    return builder.build(classes, width, input);
  }
}
