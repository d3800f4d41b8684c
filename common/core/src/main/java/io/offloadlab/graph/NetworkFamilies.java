package io.offloadlab.graph;

import java.util.List;
import java.util.Optional;

/** The network architectures that can be built by name: a new one is a builder and a line here. */
public final class NetworkFamilies {
  private static final List<NetworkFamily> ALL =
      List.of(
          new NetworkFamily("mobilenetv2", MobileNets.FULL_WIDTH, MobileNets::mobilenetV2),
          new NetworkFamily("resnet18", ResNets.FULL_WIDTH, ResNets::resnet18),
          new NetworkFamily("resnet34", ResNets.FULL_WIDTH, ResNets::resnet34),
          new NetworkFamily("vgg16", VggNets.FULL_WIDTH, VggNets::vgg16),
          new NetworkFamily(VggNets.IMAGE_NET, VggNets.FULL_WIDTH, VggNets::vgg16ImageNet));

  private NetworkFamilies() {}

  /** Names of the architectures, in alphabetical order. */
  public static List<String> names() {
    return ALL.stream().map(NetworkFamily::name).toList();
  }

  /** An architecture by a name that a user or a file gave. */
  public static Optional<NetworkFamily> find(String name) {
    return ALL.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /**
   * A network by its architecture's name.
   *
   * @param architecture one of {@link #names}
   * @param classes number of classes
   * @param width channels of the first layer
   * @param input shape of one image
   * @throws IllegalArgumentException if the architecture is unknown; a user's word is to be looked
   *     up with {@link #find} first
   */
  public static ModelGraph build(String architecture, int classes, int width, Shape input) {
    return named(architecture).builder().build(classes, width, input);
  }

  /**
   * Channels of the first layer of the published network.
   *
   * @param architecture one of {@link #names}
   * @throws IllegalArgumentException if the architecture is unknown
   */
  public static int publishedWidth(String architecture) {
    return named(architecture).publishedWidth();
  }

  private static NetworkFamily named(String architecture) {
    return find(architecture)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown network '%s'; known are %s"
                        .formatted(architecture, String.join(", ", names()))));
  }
}
