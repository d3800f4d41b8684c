package io.offloadlab.graph;

import java.util.List;

/**
 * One layer in a {@link ModelGraph}.
 *
 * @param name unique in its graph; for layers with weights the PyTorch module path, so that {@code
 *     name + ".weight"} is the tensor's name at rest ({@code layer2.0.conv1})
 * @param layer the operation
 * @param inputs names of the vertices it reads, or {@link ModelGraph#INPUT}
 */
public record Vertex(String name, Layer layer, List<String> inputs) {
  /** Copies the list of inputs. */
  public Vertex {
    inputs = List.copyOf(inputs);
  }
}
