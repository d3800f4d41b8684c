package io.offloadlab.nn;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folded graph, layer by layer with DJL's operations, on any device: tensors are numbered, and
 * each is freed right after its last use.
 */
final class Program implements Executable {
  private static final Shape UNIT = new Shape(1, 1);

  /** Number of the component's input. */
  private static final int INPUT = 0;

  private interface Operation {
    PtNDArray apply(PtNDArray[] in);
  }

  private record Step(Operation operation, List<Integer> inputs, List<Integer> freed) {}

  private final List<Step> steps;

  private Program(List<Step> steps) {
    this.steps = steps;
  }

  static Program of(FoldedGraph graph, NDManager owner) {
    List<Vertex> vertices = graph.graph().vertices();
    Map<String, Integer> number = new HashMap<>();
    number.put(ModelGraph.INPUT, INPUT);
    vertices.forEach(v -> number.put(v.name(), number.size()));
    Map<Integer, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < vertices.size(); i++) {
      for (String in : vertices.get(i).inputs()) {
        lastUse.put(number.get(in), i);
      }
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < vertices.size(); i++) {
      Vertex v = vertices.get(i);
      int at = i;
      List<Integer> inputs = v.inputs().stream().map(number::get).toList();
      List<Integer> freed =
          inputs.stream().filter(n -> n != INPUT && lastUse.get(n) == at).distinct().toList();
      steps.add(new Step(operation(v, graph, owner), inputs, freed));
    }
    return new Program(steps);
  }

  private static Operation operation(Vertex v, FoldedGraph graph, NDManager owner) {
    if (v.layer() instanceof Layer.Conv2d c) {
      PtNDArray weight =
          constant(
              owner,
              graph.parameters().get(v.name()).weight,
              new Shape(c.out(), c.in() / c.groups(), c.kernel(), c.kernel()));
      PtNDArray bias = constant(owner, graph.parameters().get(v.name()).bias, new Shape(c.out()));
      Shape stride = new Shape(c.stride(), c.stride());
      Shape padding = new Shape(c.padding(), c.padding());
      return in -> JniUtils.convolution(in[0], weight, bias, stride, padding, UNIT, c.groups());
    } else if (v.layer() instanceof Layer.Relu r) {
      return relu(r, owner);
    } else if (v.layer() instanceof Layer.Add) {
      return in -> JniUtils.add(in[0], in[1]);
    } else if (v.layer() instanceof Layer.AvgPool2d p) {
      Shape window = new Shape(p.window(), p.window());
      return in -> JniUtils.avgPool(in[0], window, window, new Shape(0, 0), false, true);
    } else if (v.layer() instanceof Layer.Flatten) {
      return flatten(v);
    } else if (v.layer() instanceof Layer.Linear l) {
      PtNDArray weight =
          constant(owner, graph.parameters().get(v.name()).weight, new Shape(l.out(), l.in()));
      PtNDArray bias = constant(owner, graph.parameters().get(v.name()).bias, new Shape(l.out()));
      return in -> JniUtils.linear(in[0], weight, bias);
    }
    throw new IllegalArgumentException("no engine operation for " + v.layer());
  }

  private static Operation relu(Layer.Relu relu, NDManager owner) {
    if (Double.isInfinite(relu.ceiling())) {
      return in -> JniUtils.relu(in[0]);
    }
    // Not DJL's clip, which leaves two scalars behind in the manager at every call.
    PtNDArray ceiling = (PtNDArray) owner.create((float) relu.ceiling());
    return in -> {
      try (PtNDArray positive = JniUtils.relu(in[0])) {
        return JniUtils.min(positive, ceiling);
      }
    };
  }

  /** A view, unless it would be one of the component's input, whose memory belongs to others. */
  private static Operation flatten(Vertex v) {
    String source = v.inputs().get(0);
    return source.equals(ModelGraph.INPUT)
        ? in -> {
          try (PtNDArray copy = JniUtils.clone(in[0])) {
            return JniUtils.flatten(copy, 1, -1);
          }
        }
        : in -> JniUtils.flatten(in[0], 1, -1);
  }

  private static PtNDArray constant(NDManager owner, float[] values, Shape shape) {
    return (PtNDArray) owner.create(values, shape);
  }

  @Override
  public PtNDArray run(PtNDArray input) {
    PtNDArray[] tensors = new PtNDArray[steps.size() + 1];
    tensors[INPUT] = input;
    try {
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        PtNDArray[] in = new PtNDArray[step.inputs.size()];
        for (int j = 0; j < in.length; j++) {
          in[j] = tensors[step.inputs.get(j)];
        }
        tensors[i + 1] = step.operation.apply(in);
        for (int freed : step.freed) {
          tensors[freed].close();
          tensors[freed] = null;
        }
      }
      PtNDArray output = tensors[steps.size()];
      tensors[steps.size()] = null;
      return output;
    } finally {
      for (int i = 1; i < tensors.length; i++) {
        if (tensors[i] != null) {
          tensors[i].close();
        }
      }
    }
  }

  /** Nothing: the manager that owns the constants closes them. */
  @Override
  public void close() {}
}
