package io.offloadlab.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends layers one after the other and remembers where it is; see {@link ResNets} for its use.
 */
public final class GraphBuilder {
  private final Shape input;
  private final List<Vertex> vertices = new ArrayList<>();
  private String last = ModelGraph.INPUT;

  /**
   * @param input shape of one input sample
   */
  public GraphBuilder(Shape input) {
    this.input = input;
  }

  /** The vertex whose output the next layer reads. */
  public String last() {
    return last;
  }

  /** Goes on from an earlier vertex: the beginning of a side branch. */
  public GraphBuilder from(String vertex) {
    last = vertex;
    return this;
  }

  /**
   * A convolution without bias that keeps the side (before its stride): padding {@code kernel/2}.
   */
  public GraphBuilder conv(String name, int in, int out, int kernel, int stride) {
    return append(name, new Layer.Conv2d(in, out, kernel, stride, kernel / 2, 1, false));
  }

  /** Batch norm with PyTorch's epsilon. */
  public GraphBuilder norm(String name, int channels) {
    return append(name, new Layer.BatchNorm2d(channels, Layer.BatchNorm2d.EPSILON));
  }

  /** A plain ReLU. */
  public GraphBuilder relu(String name) {
    return append(name, Layer.Relu.unbounded());
  }

  /** Average pooling. */
  public GraphBuilder pool(String name, int window) {
    return append(name, new Layer.AvgPool2d(window));
  }

  /** Feature map to vector. */
  public GraphBuilder flatten(String name) {
    return append(name, new Layer.Flatten());
  }

  /** A linear layer whose input size is that of the vertex before it. */
  public GraphBuilder linear(String name, int out) {
    return append(name, new Layer.Linear(shapeOfLast().channels(), out));
  }

  /** Not by building a graph: there may be no layer yet, or a branch that nothing reads yet. */
  private Shape shapeOfLast() {
    Map<String, Shape> shapes = new HashMap<>(Map.of(ModelGraph.INPUT, input));
    for (Vertex v : vertices) {
      shapes.put(v.name(), v.layer().output(v.inputs().stream().map(shapes::get).toList()));
    }
    return shapes.get(last);
  }

  /** Sum of two earlier vertices. */
  public GraphBuilder add(String name, String left, String right) {
    vertices.add(new Vertex(name, new Layer.Add(), List.of(left, right)));
    last = name;
    return this;
  }

  /** Any layer after the last one. */
  public GraphBuilder append(String name, Layer layer) {
    vertices.add(new Vertex(name, layer, List.of(last)));
    last = name;
    return this;
  }

  /**
   * The finished graph.
   *
   * @param name of the network
   * @param stages its components in order; empty for a piece
   * @throws IllegalArgumentException if the graph is not valid
   */
  public ModelGraph build(String name, List<Stage> stages) {
    return new ModelGraph(name, input, vertices, stages);
  }
}
