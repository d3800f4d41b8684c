package io.offloadlab.nn.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.FoldedGraph;
import io.offloadlab.nn.HostTensor;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Components in a row as a model of ONNX Runtime. */
final class OnnxRuntimeProgram implements Program {
  private final OnnxRuntimeEngine engine;
  private final List<Part> chain;
  private final List<Component> components;
  private final Shape output;
  private final Consumer<OnnxRuntimeProgram> whenClosed;

  /** By number of threads, which a session has for good. */
  private final Map<Integer, OrtSession> sessions = new ConcurrentHashMap<>();

  private volatile boolean closed;

  OnnxRuntimeProgram(
      OnnxRuntimeEngine engine, List<Part> chain, Consumer<OnnxRuntimeProgram> whenClosed) {
    this.engine = engine;
    this.chain = List.copyOf(chain);
    this.components = chain.stream().map(Part::component).toList();
    this.output = components.get(components.size() - 1).output();
    this.whenClosed = whenClosed;
    // Told now, and not when the first task comes.
    chain.forEach(part -> part.weights().get().requireFor(part.component()));
  }

  private OrtSession session(int threads) {
    try {
      return OnnxRuntimeEngine.session(OnnxModel.of(FoldedGraph.of(chain)), threads);
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private RunFailure failure(OrtException e) {
    return new RunFailure("ONNX Runtime cannot run '%s': %s".formatted(this, e.getMessage()), e);
  }

  @Override
  public List<Component> components() {
    return components;
  }

  @Override
  public void prepare(int threads) {
    ready(threads);
  }

  private OrtSession ready(int threads) {
    if (closed) {
      throw new IllegalStateException("'%s' is closed".formatted(this));
    }
    return sessions.computeIfAbsent(threads, this::session);
  }

  @Override
  public Tensor run(Tensor input) {
    return run(input, engine.threads());
  }

  @Override
  public Tensor run(Tensor input, int threads) {
    Program.requireInput(this, input);
    OrtSession session = ready(threads);
    Outputs outputs = engine.outputs();
    Outputs.Output y = outputs.take(input.batch(), output);
    try (OnnxTensor x = tensor(input.bytes(), input.batch(), input.shape());
        OrtSession.Result result =
            session.run(Map.of(OnnxModel.INPUT, x), Map.of(OnnxModel.OUTPUT, y.tensor()))) {
      assert result != null;
      return new HostTensor(y.bytes(), input.batch(), output, () -> outputs.giveBack(y));
    } catch (OrtException e) {
      outputs.giveBack(y);
      throw failure(e);
    } catch (RuntimeException | Error e) {
      outputs.giveBack(y);
      throw e;
    }
  }

  /** A tensor over memory that stays whose it is. */
  static OnnxTensor tensor(ByteBuffer bytes, int batch, Shape shape) throws OrtException {
    long[] dims = new long[shape.rank() + 1];
    dims[0] = batch;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = shape.dims().get(i - 1);
    }
    return OnnxTensor.createTensor(
        OnnxRuntimeEngine.environment(),
        bytes.order(ByteOrder.nativeOrder()).asFloatBuffer(),
        dims);
  }

  @Override
  public void keep(Set<Integer> threads) {
    for (Integer n : List.copyOf(sessions.keySet())) {
      if (!threads.contains(n)) {
        close(sessions.remove(n));
      }
    }
  }

  private void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    whenClosed.accept(this);
    sessions.values().forEach(this::close);
    sessions.clear();
  }

  @Override
  public String toString() {
    return components.stream().map(Component::name).collect(Collectors.joining(">"))
        + " on "
        + engine;
  }
}
