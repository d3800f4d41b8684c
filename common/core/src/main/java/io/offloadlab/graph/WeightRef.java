package io.offloadlab.graph;

/**
 * Where the weights of a component rest: a file of a model's directory and how tensor names in the
 * graph become names in that file.
 *
 * @param file file name, such as {@code backbone.safetensors}
 * @param strip prefix taken off the name in the graph
 * @param add prefix put in its place
 */
public record WeightRef(String file, String strip, String add) {
  /** Weights whose names in the file are those of the graph. */
  public static WeightRef of(String file) {
    return new WeightRef(file, "", "");
  }

  /**
   * Name in the file of a tensor of the graph.
   *
   * @param tensor name in the graph, such as {@code layer2.1.conv1.weight}
   * @return name in the file, such as {@code block-3/sparsity-0.4/conv1.weight}
   * @throws IllegalArgumentException if the tensor does not begin with the prefix to strip
   */
  public String nameInFile(String tensor) {
    if (!tensor.startsWith(strip)) {
      throw new IllegalArgumentException(
          "tensor '%s' does not begin with '%s'".formatted(tensor, strip));
    }
    return add + tensor.substring(strip.length());
  }
}
