package io.offloadlab.nn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import io.offloadlab.weights.ComponentWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose batch norms are gone wherever a convolution precedes them: at inference a batch
 * norm is a fixed scale and offset per channel, which the convolution's kernel and bias can take
 * in. One that follows anything else becomes a depthwise 1x1 convolution, which is the same thing.
 *
 * @param graph without batch norms; every convolution has a bias
 * @param parameters float32 values by vertex name
 */
public record FoldedGraph(ModelGraph graph, Map<String, Parameters> parameters) {

  /** Values of a layer with weights. The arrays are not copied; nobody changes them. */
  public static final class Parameters {
    private final float[] weight;
    private final float[] bias;

    Parameters(float[] weight, float[] bias) {
      this.weight = weight;
      this.bias = bias;
    }

    /** Kernel or matrix, row-major in PyTorch's shape. */
    public float[] weight() {
      return weight;
    }

    /** One value per output channel. */
    public float[] bias() {
      return bias;
    }
  }

  /**
   * Folds a graph.
   *
   * @param weights at least those of the graph
   * @throws io.offloadlab.failure.RunFailure if a tensor is missing
   */
  public static FoldedGraph of(ModelGraph graph, ComponentWeights weights) {
    return new Folding(graph, weights).fold();
  }

  /**
   * Folds components in a row as one graph, in which names begin with the component's place.
   *
   * @param chain at least one
   * @throws io.offloadlab.failure.RunFailure if a tensor is missing, or has another shape
   * @throws IllegalArgumentException if two neighbours do not fit together
   */
  public static FoldedGraph of(List<Part> chain) {
    List<Vertex> vertices = new ArrayList<>();
    Map<String, Parameters> parameters = new HashMap<>();
    String end = ModelGraph.INPUT;
    for (int i = 0; i < chain.size(); i++) {
      Component component = chain.get(i).component();
      ComponentWeights weights = chain.get(i).weights().get();
      weights.requireFor(component);
      FoldedGraph folded = of(component.graph(), weights);
      String place = i + "/";
      String begin = end;
      for (Vertex v : folded.graph.vertices()) {
        List<String> inputs =
            v.inputs().stream()
                .map(in -> in.equals(ModelGraph.INPUT) ? begin : place + in)
                .toList();
        vertices.add(new Vertex(place + v.name(), v.layer(), inputs));
      }
      folded.parameters.forEach((name, values) -> parameters.put(place + name, values));
      end = place + folded.graph.output();
    }
    ModelGraph first = chain.get(0).component().graph();
    return new FoldedGraph(
        new ModelGraph(first.name(), first.input(), vertices, List.of()), Map.copyOf(parameters));
  }

  private static final class Folding {
    private final ModelGraph graph;
    private final ComponentWeights weights;
    private final List<Vertex> vertices = new ArrayList<>();
    private final Map<String, Parameters> parameters = new HashMap<>();

    /** Vertices that disappeared, and what to read in their place. */
    private final Map<String, String> renamed = new HashMap<>();

    Folding(ModelGraph graph, ComponentWeights weights) {
      this.graph = graph;
      this.weights = weights;
    }

    FoldedGraph fold() {
      for (Vertex v : graph.vertices()) {
        v.layer().accept(new Step(v));
      }
      return new FoldedGraph(
          new ModelGraph(graph.name(), graph.input(), vertices, List.of()), Map.copyOf(parameters));
    }

    /** What becomes of one vertex. */
    private final class Step implements Layer.Visitor<Void> {
      private final Vertex v;

      Step(Vertex v) {
        this.v = v;
      }

      @Override
      public Void conv2d(Layer.Conv2d c) {
        float[] bias = c.bias() ? floats(v, "bias") : new float[c.out()];
        parameters.put(v.name(), new Parameters(floats(v, "weight"), bias));
        return keep(
            new Layer.Conv2d(
                c.in(), c.out(), c.kernel(), c.stride(), c.padding(), c.groups(), true));
      }

      @Override
      public Void batchNorm2d(Layer.BatchNorm2d norm) {
        Parameters scale = scale(v.name(), norm);
        String before = v.inputs().get(0);
        if (parameters.containsKey(before) && isOnlyReader(v.name(), before)) {
          parameters.computeIfPresent(before, (name, conv) -> scaled(conv, scale));
          renamed.put(v.name(), before);
          return null;
        }
        parameters.put(v.name(), scale);
        int c = norm.channels();
        return keep(new Layer.Conv2d(c, c, 1, 1, 0, c, true));
      }

      @Override
      public Void relu(Layer.Relu relu) {
        return keep(relu);
      }

      @Override
      public Void add(Layer.Add add) {
        return keep(add);
      }

      @Override
      public Void avgPool2d(Layer.AvgPool2d pool) {
        return keep(pool);
      }

      @Override
      public Void maxPool2d(Layer.MaxPool2d pool) {
        return keep(pool);
      }

      @Override
      public Void flatten(Layer.Flatten flatten) {
        return keep(flatten);
      }

      @Override
      public Void linear(Layer.Linear linear) {
        parameters.put(v.name(), new Parameters(floats(v, "weight"), floats(v, "bias")));
        return keep(linear);
      }

      private Void keep(Layer layer) {
        List<String> inputs = v.inputs().stream().map(i -> renamed.getOrDefault(i, i)).toList();
        vertices.add(new Vertex(v.name(), layer, inputs));
        return null;
      }
    }

    private boolean isOnlyReader(String reader, String of) {
      return graph.vertex(of).layer() instanceof Layer.Conv2d
          && graph.readersOf(of).equals(Set.of(reader));
    }

    private float[] floats(Vertex v, String tensor) {
      return floats(v.name(), tensor);
    }

    private float[] floats(String vertex, String tensor) {
      return weights.tensor(vertex + "." + tensor).floats();
    }

    /**
     * A batch norm as a factor and an offset per channel. In double precision, because the quotient
     * of a small variance would lose digits.
     */
    private Parameters scale(String name, Layer.BatchNorm2d norm) {
      float[] gamma = floats(name, "weight");
      float[] beta = floats(name, "bias");
      float[] mean = floats(name, "running_mean");
      float[] variance = floats(name, "running_var");
      float[] factor = new float[gamma.length];
      float[] offset = new float[gamma.length];
      for (int c = 0; c < gamma.length; c++) {
        double f = gamma[c] / Math.sqrt(variance[c] + norm.epsilon());
        factor[c] = (float) f;
        offset[c] = (float) (beta[c] - mean[c] * f);
      }
      return new Parameters(factor, offset);
    }

    private static Parameters scaled(Parameters conv, Parameters scale) {
      float[] weight = conv.weight.clone();
      float[] bias = new float[conv.bias.length];
      int perChannel = weight.length / bias.length;
      for (int c = 0; c < bias.length; c++) {
        for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
          weight[i] *= scale.weight[c];
        }
        bias[c] = conv.bias[c] * scale.weight[c] + scale.bias[c];
      }
      return new Parameters(weight, bias);
    }
  }
}
