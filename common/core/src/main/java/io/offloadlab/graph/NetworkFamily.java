package io.offloadlab.graph;

/**
 * Networks of one architecture, which differ in width, classes and images.
 *
 * @param name as on the command line and in the metadata of weights
 * @param publishedWidth channels of the published network's first layer
 * @param builder makes one of them
 */
public record NetworkFamily(String name, int publishedWidth, Builder builder) {
  /** Makes a network. */
  @FunctionalInterface
  public interface Builder {
    /**
     * A network.
     *
     * @param classes number of classes
     * @param width channels of the first layer
     * @param input shape of one image
     */
    ModelGraph build(int classes, int width, Shape input);
  }
}
