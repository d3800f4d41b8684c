package io.offloadlab.nn.pytorch;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
import io.offloadlab.nn.FoldedGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a folded graph as TorchScript: {@code pack} turns weights into the layout in which {@code
 * forward} wants them. A convolution takes in the sum and the ReLU behind it where nothing else
 * reads its own result.
 */
final class OneDnnScript {
  private static final String FUNCTION =
      """
      class Component(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def pack(self: __torch__.Component, w: List[Tensor]) -> List[Tensor]:
          return [%s]
        def forward(self: __torch__.Component, input: Tensor, w: List[Tensor]) -> Tensor:
      %s    return %s
      """;

  private static final String NO_SCALARS = "annotate(List[Optional[number]], [])";

  /** A tensor that {@code pack} takes, in order. */
  static final class Constant {
    private final float[] values;
    private final long[] shape;

    Constant(float[] values, long... shape) {
      this.values = values;
      this.shape = shape;
    }

    float[] values() {
      return values;
    }

    long[] shape() {
      return shape;
    }
  }

  /** Numbers of data types in TorchScript. */
  private static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  private final FoldedGraph folded;
  private final boolean bfloat16;
  private final ModelGraph graph;
  private final List<Constant> constants = new ArrayList<>();
  private final List<String> packed = new ArrayList<>();
  private final StringBuilder forward = new StringBuilder();
  private final Map<String, String> variables = new HashMap<>();

  /** Sums that are computed by the convolution that is one of their inputs, by name of the sum. */
  private final Map<String, Vertex> sums = new HashMap<>();

  private OneDnnScript(FoldedGraph folded, boolean bfloat16) {
    this.folded = folded;
    this.bfloat16 = bfloat16;
    this.graph = folded.graph();
    variables.put(ModelGraph.INPUT, "input");
    if (bfloat16) {
      variables.put(ModelGraph.INPUT, "x0");
      forward.append("    x0 = ").append(to("input", BFLOAT16)).append('\n');
    }
  }

  private static String to(String x, int type) {
    return String.format(Locale.ROOT, "torch.to(%s, %d)", x, type);
  }

  /**
   * @param bfloat16 whether all but linear layers are computed in bfloat16, which convolutions add
   *     up in float32; input and output are float32 in either case
   */
  static OneDnnScript of(FoldedGraph folded, boolean bfloat16) {
    OneDnnScript script = new OneDnnScript(folded, bfloat16);
    script.graph.vertices().forEach(script::write);
    return script;
  }

  List<Constant> constants() {
    return List.copyOf(constants);
  }

  String source() {
    String output = variables.get(graph.output());
    return FUNCTION.formatted(
        String.join(", ", packed), forward, bfloat16 ? to(output, FLOAT32) : output);
  }

  private void write(Vertex v) {
    if (variables.containsKey(v.name())) {
      return;
    }
    v.layer().accept(new Statement(v));
  }

  private void convolve(Vertex result, Vertex conv, Layer.Conv2d c, String other, String with) {
    Shape in = graph.shape(conv.inputs().get(0));
    FoldedGraph.Parameters p = folded.parameters().get(conv.name());
    String geometry =
        String.format(
            Locale.ROOT,
            "[%1$d, %1$d], [%2$d, %2$d], [1, 1], %3$d",
            c.padding(),
            c.stride(),
            c.groups());
    int at = constants.size();
    constants.add(new Constant(p.weight(), c.out(), c.in() / c.groups(), c.kernel(), c.kernel()));
    constants.add(new Constant(p.bias(), c.out()));
    String weight = String.format(Locale.ROOT, "w[%d]", at);
    packed.add(
        String.format(
            Locale.ROOT,
            "ops.mkldnn._reorder_convolution_weight(%s, %s, [1, %d, %d, %d])",
            bfloat16 ? to(weight, BFLOAT16) : weight,
            geometry,
            in.channels(),
            in.height(),
            in.width()));
    String bias = String.format(Locale.ROOT, "torch.clone(w[%d])", at + 1);
    packed.add(bfloat16 ? to(bias, BFLOAT16) : bias);
    assign(
        result,
        String.format(
            Locale.ROOT,
            "ops.mkldnn._convolution_pointwise(%s, %sw[%d], w[%d], %s, %s)",
            variables.get(conv.inputs().get(0)),
            other,
            at,
            at + 1,
            geometry,
            with));
    takesIn(result).ifPresent(r -> variables.put(r.name(), variables.get(result.name())));
  }

  /** What one vertex becomes. */
  private final class Statement implements Layer.Visitor<Void> {
    private final Vertex v;

    Statement(Vertex v) {
      this.v = v;
    }

    private String x() {
      return variables.get(v.inputs().get(0));
    }

    @Override
    public Void conv2d(Layer.Conv2d c) {
      Optional<Vertex> sum = onlyReader(v).filter(r -> isSumWithAnother(r, v));
      if (sum.isPresent() && sums.putIfAbsent(sum.get().name(), v) == null) {
        return null;
      }
      String unary = takesIn(v).isEmpty() ? "none" : "relu";
      convolve(v, v, c, "", "\"%s\", %s, \"\"".formatted(unary, NO_SCALARS));
      return null;
    }

    /** Of a component that was not folded. */
    @Override
    public Void batchNorm2d(Layer.BatchNorm2d norm) {
      throw new IllegalArgumentException("'%s' is not folded".formatted(v.name()));
    }

    @Override
    public Void relu(Layer.Relu r) {
      return assign(
          v,
          Double.isInfinite(r.ceiling())
              ? "torch.relu(%s)".formatted(x())
              : String.format(Locale.ROOT, "torch.clamp(%s, 0., %s)", x(), r.ceiling()));
    }

    @Override
    public Void add(Layer.Add add) {
      Vertex conv = sums.get(v.name());
      if (conv == null) {
        return assign(v, "torch.add(%s, %s)".formatted(x(), variables.get(v.inputs().get(1))));
      }
      String other = variables.get(v.inputs().get(v.inputs().get(0).equals(conv.name()) ? 1 : 0));
      String unary = takesIn(v).isEmpty() ? "None" : "\"relu\"";
      convolve(
          v,
          conv,
          (Layer.Conv2d) conv.layer(),
          other + ", ",
          "\"add\", 1.0, %s, %s, \"\"".formatted(unary, NO_SCALARS));
      return null;
    }

    @Override
    public Void avgPool2d(Layer.AvgPool2d p) {
      return assign(
          v,
          String.format(
              Locale.ROOT,
              "torch.avg_pool2d(%1$s, [%2$d, %2$d], [%2$d, %2$d], [0, 0], False, True, None)",
              x(),
              p.window()));
    }

    @Override
    public Void maxPool2d(Layer.MaxPool2d p) {
      return assign(
          v,
          String.format(
              Locale.ROOT,
              "torch.max_pool2d(%1$s, [%2$d, %2$d], [%2$d, %2$d], [0, 0], [1, 1], False)",
              x(),
              p.window()));
    }

    @Override
    public Void flatten(Layer.Flatten flatten) {
      // A view of the component's input would be a view of memory that belongs to others.
      String own = x().equals("input") ? "torch.clone(input)" : x();
      return assign(v, "torch.flatten(%s, 1, -1)".formatted(own));
    }

    @Override
    public Void linear(Layer.Linear l) {
      FoldedGraph.Parameters p = folded.parameters().get(v.name());
      int at = constants.size();
      constants.add(new Constant(p.weight(), l.out(), l.in()));
      constants.add(new Constant(p.bias(), l.out()));
      packed.add(String.format(Locale.ROOT, "torch.clone(w[%d])", at));
      packed.add(String.format(Locale.ROOT, "torch.clone(w[%d])", at + 1));
      return assign(
          v,
          String.format(
              Locale.ROOT,
              "torch.linear(%s, w[%d], w[%d])",
              bfloat16 ? to(x(), FLOAT32) : x(),
              at,
              at + 1));
    }
  }

  private Void assign(Vertex v, String expression) {
    String variable = "x" + variables.size();
    variables.put(v.name(), variable);
    forward.append("    ").append(variable).append(" = ").append(expression).append('\n');
    return null;
  }

  private Optional<Vertex> onlyReader(Vertex v) {
    Set<String> readers = graph.readersOf(v.name());
    return readers.size() == 1
        ? Optional.of(graph.vertex(readers.iterator().next()))
        : Optional.empty();
  }

  private static boolean isSumWithAnother(Vertex sum, Vertex v) {
    return sum.layer() instanceof Layer.Add
        && sum.inputs().stream().filter(v.name()::equals).count() == 1;
  }

  /** The plain ReLU that can be done at once with what it reads. */
  private Optional<Vertex> takesIn(Vertex v) {
    return onlyReader(v)
        .filter(r -> r.layer() instanceof Layer.Relu relu && Double.isInfinite(relu.ceiling()));
  }
}
