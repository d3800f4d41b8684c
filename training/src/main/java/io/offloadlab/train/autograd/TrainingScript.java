package io.offloadlab.train.autograd;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import io.offloadlab.train.autograd.TrainableGraph.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes a graph as a TorchScript function that can be differentiated. Maps lie channels-last; with
 * {@link Precision#BFLOAT16} they and the kernels are rounded, and what leaves the function is
 * float32 again.
 */
final class TrainingScript {
  /** Weight of the newest batch in the running statistics, PyTorch's default. */
  private static final double MOMENTUM = 0.1;

  private static final String FUNCTION =
      """
      class Component(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Component, input: Tensor%s) -> List[Tensor]:
      %s    return [%s]
      """;

  /** PyTorch's numbers of types and of the channels-last format. */
  private static final int FLOAT = 6;

  private static final int BFLOAT = 15;
  private static final String CHANNELS_LAST = "2";

  private final Mode mode;
  private final boolean rounds;
  private final StringBuilder statements = new StringBuilder();
  private final List<String> tensors = new ArrayList<>();
  private final List<String> results = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private int assigned;

  /** Vertices whose values are bfloat16. */
  private final Set<String> rounded = new HashSet<>();

  private TrainingScript(Mode mode, Precision precision) {
    this.mode = mode;
    this.rounds = precision == Precision.BFLOAT16;
  }

  /**
   * @param keep vertices whose values are wanted; what comes after the last of them is left out
   */
  static TrainingScript of(
      ModelGraph graph, List<Branch> branches, Mode mode, Precision precision, Set<String> keep) {
    TrainingScript script = new TrainingScript(mode, precision);
    Set<String> missing = new HashSet<>(keep);
    script.read(graph);
    script.write(graph, ModelGraph.INPUT, missing);
    branches.forEach(b -> script.write(b.graph(), b.after(), missing));
    return script;
  }

  /**
   * @param source what the graph's input is
   * @param missing loses those vertices that are written
   */
  private void write(ModelGraph graph, String source, Set<String> missing) {
    for (Vertex v : graph.vertices()) {
      if (missing.isEmpty()) {
        return;
      }
      List<String> inputs =
          v.inputs().stream().map(i -> i.equals(ModelGraph.INPUT) ? source : i).toList();
      v.layer().accept(new Statement(v.name(), inputs));
      if (missing.remove(v.name())) {
        results.add(v.name());
      }
    }
  }

  /** The function, of the input and the tensors in their order, as the class Component. */
  String source() {
    return FUNCTION.formatted(
        tensors.isEmpty() ? "" : ", w: List[Tensor]",
        statements,
        String.join(", ", results.stream().map(this::float32).toList()));
  }

  /** Names of the tensors that the function wants, in order. */
  List<String> tensors() {
    return List.copyOf(tensors);
  }

  /** The vertices whose values it gives, in order. */
  List<String> results() {
    return List.copyOf(results);
  }

  private void read(ModelGraph graph) {
    variables.put(ModelGraph.INPUT, "input");
    if (graph.input().isMap()) {
      assign(
          ModelGraph.INPUT,
          rounds,
          rounds
              ? converted("input", BFLOAT, CHANNELS_LAST)
              : "torch.contiguous(input, memory_format=%s)".formatted(CHANNELS_LAST));
    }
  }

  private static String converted(String value, int type, String format) {
    return String.format(Locale.ROOT, "torch.to(%s, %d, False, False, %s)", value, type, format);
  }

  private String float32(String vertex) {
    String variable = variables.get(vertex);
    return rounded.contains(vertex) ? converted(variable, FLOAT, "None") : variable;
  }

  private Void assign(String vertex, boolean rounds, String expression) {
    String variable = "x" + assigned++;
    variables.put(vertex, variable);
    if (rounds) {
      rounded.add(vertex);
    }
    statements.append("    ").append(variable).append(" = ").append(expression).append('\n');
    return null;
  }

  /** What one vertex becomes. */
  private final class Statement implements Layer.Visitor<Void> {
    private final String vertex;
    private final List<String> inputs;

    Statement(String vertex, List<String> inputs) {
      this.vertex = vertex;
      this.inputs = inputs;
    }

    private String x(int place) {
      return variables.get(inputs.get(place));
    }

    private boolean isRounded(int place) {
      return rounded.contains(inputs.get(place));
    }

    private String tensor(String kind) {
      tensors.add(vertex + "." + kind);
      return String.format(Locale.ROOT, "w[%d]", tensors.size() - 1);
    }

    private String tensorLikeInput(String kind) {
      String tensor = tensor(kind);
      return isRounded(0) ? converted(tensor, BFLOAT, "None") : tensor;
    }

    /** A statement whose value is of its first input's type. */
    private Void likeInput(String form, Object... values) {
      return assign(vertex, isRounded(0), String.format(Locale.ROOT, form, values));
    }

    @Override
    public Void conv2d(Layer.Conv2d c) {
      return likeInput(
          "torch.conv2d(%1$s, %2$s, %3$s, [%4$d, %4$d], [%5$d, %5$d], [1, 1], %6$d)",
          x(0),
          tensorLikeInput("weight"),
          c.bias() ? tensorLikeInput("bias") : "None",
          c.stride(),
          c.padding(),
          c.groups());
    }

    @Override
    public Void batchNorm2d(Layer.BatchNorm2d norm) {
      return likeInput(
          "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, False)",
          x(0),
          tensor("weight"),
          tensor("bias"),
          tensor("running_mean"),
          tensor("running_var"),
          mode == Mode.TRAINING ? "True" : "False",
          MOMENTUM,
          norm.epsilon());
    }

    @Override
    public Void relu(Layer.Relu relu) {
      return Double.isInfinite(relu.ceiling())
          ? likeInput("torch.relu(%s)", x(0))
          : likeInput("torch.hardtanh(%s, 0., %s)", x(0), relu.ceiling());
    }

    @Override
    public Void add(Layer.Add add) {
      return assign(
          vertex, isRounded(0) && isRounded(1), "torch.add(%s, %s, alpha=1)".formatted(x(0), x(1)));
    }

    @Override
    public Void avgPool2d(Layer.AvgPool2d p) {
      return likeInput(
          "torch.avg_pool2d(%1$s, [%2$d, %2$d], [%2$d, %2$d], [0, 0], False, True, None)",
          x(0), p.window());
    }

    @Override
    public Void maxPool2d(Layer.MaxPool2d p) {
      return likeInput(
          "torch.max_pool2d(%1$s, [%2$d, %2$d], [%2$d, %2$d], [0, 0], [1, 1], False)",
          x(0), p.window());
    }

    @Override
    public Void flatten(Layer.Flatten flatten) {
      return likeInput("torch.flatten(%s, 1, -1)", x(0));
    }

    @Override
    public Void linear(Layer.Linear linear) {
      return assign(
          vertex,
          false,
          "torch.linear(%s, %s, %s)"
              .formatted(float32(inputs.get(0)), tensor("weight"), tensor("bias")));
    }
  }
}
