package io.offloadlab.nn;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
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

  private final FoldedGraph folded;
  private final ModelGraph graph;
  private final List<Constant> constants = new ArrayList<>();
  private final List<String> packed = new ArrayList<>();
  private final StringBuilder forward = new StringBuilder();
  private final Map<String, String> variables = new HashMap<>();

  /** Sums that are computed by the convolution that is one of their inputs, by name of the sum. */
  private final Map<String, Vertex> sums = new HashMap<>();

  private OneDnnScript(FoldedGraph folded) {
    this.folded = folded;
    this.graph = folded.graph();
    variables.put(ModelGraph.INPUT, "input");
  }

  static OneDnnScript of(FoldedGraph folded) {
    OneDnnScript script = new OneDnnScript(folded);
    script.graph.vertices().forEach(script::write);
    return script;
  }

  List<Constant> constants() {
    return List.copyOf(constants);
  }

  String source() {
    return FUNCTION.formatted(String.join(", ", packed), forward, variables.get(graph.output()));
  }

  private void write(Vertex v) {
    if (variables.containsKey(v.name())) {
      return;
    }
    if (v.layer() instanceof Layer.Conv2d c) {
      Optional<Vertex> sum = onlyReader(v).filter(r -> isSumWithAnother(r, v));
      if (sum.isPresent() && sums.putIfAbsent(sum.get().name(), v) == null) {
        return;
      }
      String with =
          "\"%s\", %s, \"\"".formatted(takesIn(v).isEmpty() ? "none" : "relu", NO_SCALARS);
      convolve(v, v, c, "", with);
    } else if (v.layer() instanceof Layer.Add && sums.containsKey(v.name())) {
      Vertex conv = sums.get(v.name());
      String other = variables.get(v.inputs().get(v.inputs().get(0).equals(conv.name()) ? 1 : 0));
      String unary = takesIn(v).isEmpty() ? "None" : "\"relu\"";
      convolve(
          v,
          conv,
          (Layer.Conv2d) conv.layer(),
          other + ", ",
          "\"add\", 1.0, %s, %s, \"\"".formatted(unary, NO_SCALARS));
    } else {
      assign(v, expression(v));
    }
  }

  private void convolve(Vertex result, Vertex conv, Layer.Conv2d c, String other, String with) {
    Shape in = graph.shape(conv.inputs().get(0));
    FoldedGraph.Parameters p = folded.parameters().get(conv.name());
    String geometry =
        "[%1$d, %1$d], [%2$d, %2$d], [1, 1], %3$d".formatted(c.padding(), c.stride(), c.groups());
    int at = constants.size();
    constants.add(new Constant(p.weight, c.out(), c.in() / c.groups(), c.kernel(), c.kernel()));
    constants.add(new Constant(p.bias, c.out()));
    packed.add(
        "ops.mkldnn._reorder_convolution_weight(w[%d], %s, [1, %d, %d, %d])"
            .formatted(at, geometry, in.channels(), in.height(), in.width()));
    packed.add("torch.clone(w[%d])".formatted(at + 1));
    assign(
        result,
        "ops.mkldnn._convolution_pointwise(%s, %sw[%d], w[%d], %s, %s)"
            .formatted(variables.get(conv.inputs().get(0)), other, at, at + 1, geometry, with));
    takesIn(result).ifPresent(r -> variables.put(r.name(), variables.get(result.name())));
  }

  private String expression(Vertex v) {
    String x = variables.get(v.inputs().get(0));
    if (v.layer() instanceof Layer.Relu r) {
      return Double.isInfinite(r.ceiling())
          ? "torch.relu(%s)".formatted(x)
          : String.format(Locale.ROOT, "torch.clamp(%s, 0., %s)", x, r.ceiling());
    } else if (v.layer() instanceof Layer.Add) {
      return "torch.add(%s, %s)".formatted(x, variables.get(v.inputs().get(1)));
    } else if (v.layer() instanceof Layer.AvgPool2d p) {
      return "torch.avg_pool2d(%1$s, [%2$d, %2$d], [%2$d, %2$d], [0, 0], False, True, None)"
          .formatted(x, p.window());
    } else if (v.layer() instanceof Layer.Flatten) {
      // A view of the component's input would be a view of memory that belongs to others.
      return (x.equals("input")
              ? "torch.flatten(torch.clone(%s), 1, -1)"
              : "torch.flatten(%s, 1, -1)")
          .formatted(x);
    } else if (v.layer() instanceof Layer.Linear l) {
      FoldedGraph.Parameters p = folded.parameters().get(v.name());
      int at = constants.size();
      constants.add(new Constant(p.weight, l.out(), l.in()));
      constants.add(new Constant(p.bias, l.out()));
      packed.add("torch.clone(w[%d])".formatted(at));
      packed.add("torch.clone(w[%d])".formatted(at + 1));
      return "torch.linear(%s, w[%d], w[%d])".formatted(x, at, at + 1);
    }
    throw new IllegalArgumentException("no engine operation for " + v.layer());
  }

  private void assign(Vertex v, String expression) {
    String variable = "x" + variables.size();
    variables.put(v.name(), variable);
    forward.append("    ").append(variable).append(" = ").append(expression).append('\n');
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
