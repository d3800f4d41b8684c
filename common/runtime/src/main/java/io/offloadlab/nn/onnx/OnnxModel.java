package io.offloadlab.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
import io.offloadlab.nn.FoldedGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes a folded graph as an ONNX model of any batch. Values have the names of the graph's
 * vertices.
 */
final class OnnxModel {
  /** Name of the model's input. */
  static final String INPUT = ModelGraph.INPUT;

  /** Name of the model's output. */
  static final String OUTPUT = "output";

  /** The file format of ONNX 1.12, which every ONNX Runtime since 1.12 reads. */
  private static final int IR_VERSION = 8;

  /** The operators as that version has them. */
  private static final int OPERATORS = 17;

  private final FoldedGraph folded;
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  private OnnxModel(FoldedGraph folded) {
    this.folded = folded;
  }

  /** The model as bytes, its weights included. */
  static byte[] of(FoldedGraph folded) {
    return new OnnxModel(folded).write();
  }

  private byte[] write() {
    ModelGraph model = folded.graph();
    graph.setName(model.name());
    graph.addInput(value(INPUT, model.input()));
    model.vertices().forEach(v -> v.layer().accept(new Node(v)));
    graph.addOutput(value(OUTPUT, model.shape(model.output())));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, Shape sample) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    sample
        .dims()
        .forEach(d -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d)));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private String output(String vertex) {
    return vertex.equals(folded.graph().output()) ? OUTPUT : vertex;
  }

  /** What one vertex becomes. */
  private final class Node implements Layer.Visitor<Void> {
    private final Vertex v;
    private final NodeProto.Builder node = NodeProto.newBuilder();

    Node(Vertex v) {
      this.v = v;
      node.setName(v.name()).addOutput(output(v.name()));
      v.inputs().forEach(node::addInput);
    }

    @Override
    public Void conv2d(Layer.Conv2d c) {
      parameters(c.out(), c.in() / c.groups(), c.kernel(), c.kernel());
      return window(c.kernel(), c.stride(), c.padding()).add("Conv", integer("group", c.groups()));
    }

    /** Of a component that was not folded. */
    @Override
    public Void batchNorm2d(Layer.BatchNorm2d norm) {
      throw new IllegalArgumentException("'%s' is not folded".formatted(v.name()));
    }

    @Override
    public Void relu(Layer.Relu relu) {
      if (Double.isInfinite(relu.ceiling())) {
        return add("Relu");
      }
      constant("floor", new float[] {0});
      constant("ceiling", new float[] {(float) relu.ceiling()});
      return add("Clip");
    }

    @Override
    public Void add(Layer.Add add) {
      return add("Add");
    }

    @Override
    public Void avgPool2d(Layer.AvgPool2d p) {
      return window(p.window(), p.window(), 0).add("AveragePool");
    }

    @Override
    public Void maxPool2d(Layer.MaxPool2d p) {
      return window(p.window(), p.window(), 0).add("MaxPool");
    }

    @Override
    public Void flatten(Layer.Flatten flatten) {
      return add("Flatten", integer("axis", 1));
    }

    @Override
    public Void linear(Layer.Linear l) {
      parameters(l.out(), l.in());
      return add("Gemm", integer("transB", 1));
    }

    private Void add(String operator, AttributeProto... attributes) {
      graph.addNode(node.setOpType(operator).addAllAttribute(Arrays.asList(attributes)));
      return null;
    }

    private Node window(int side, int stride, int padding) {
      node.addAttribute(integers("kernel_shape", side, side));
      node.addAttribute(integers("strides", stride, stride));
      node.addAttribute(integers("pads", padding, padding, padding, padding));
      return this;
    }

    private void parameters(long... weightDims) {
      FoldedGraph.Parameters p = folded.parameters().get(v.name());
      constant("weight", p.weight(), weightDims);
      constant("bias", p.bias(), p.bias().length);
    }

    private void constant(String what, float[] values, long... dims) {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(v.name() + "." + what)
              .setDataType(TensorProto.DataType.FLOAT.getNumber())
              .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
      Arrays.stream(dims).forEach(tensor::addDims);
      graph.addInitializer(tensor);
      node.addInput(v.name() + "." + what);
    }

    private AttributeProto integer(String name, long value) {
      return AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeProto.AttributeType.INT)
          .setI(value)
          .build();
    }

    private AttributeProto integers(String name, long... values) {
      AttributeProto.Builder attribute =
          AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
      Arrays.stream(values).forEach(attribute::addInts);
      return attribute.build();
    }
  }
}
