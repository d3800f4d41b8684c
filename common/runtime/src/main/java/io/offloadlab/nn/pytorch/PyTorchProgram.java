package io.offloadlab.nn.pytorch;

import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.FoldedGraph;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/** Components in a row as a program of PyTorch. */
final class PyTorchProgram implements Program {
  private final PyTorchEngine engine;
  private final List<Component> components;
  private final Shape output;
  private final NDManager manager;
  private final Executable program;

  private PyTorchProgram(
      PyTorchEngine engine, List<Component> components, NDManager manager, Executable program) {
    this.engine = engine;
    this.components = components;
    this.output = components.get(components.size() - 1).output();
    this.manager = manager;
    this.program = program;
  }

  static PyTorchProgram load(PyTorchEngine engine, List<Part> chain) {
    NDManager manager = engine.newManager();
    try {
      Executable program = engine.compile(FoldedGraph.of(chain), manager);
      List<Component> components = chain.stream().map(Part::component).toList();
      return new PyTorchProgram(engine, components, manager, program);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public List<Component> components() {
    return components;
  }

  @Override
  public Tensor run(Tensor input) {
    return run(input, engine.threads());
  }

  @Override
  public Tensor run(Tensor input, int threads) {
    if (!manager.isOpen()) {
      throw new IllegalStateException("'%s' is closed".formatted(this));
    }
    Program.requireInput(this, input);
    PyTorch.useThreads(threads);
    PyTorchTensor x = engine.here(input);
    try {
      return new PyTorchTensor(program.run(x.array()), input.batch(), output);
    } finally {
      if (x != input) {
        x.close();
      }
    }
  }

  @Override
  public void close() {
    if (manager.isOpen()) {
      program.close();
      manager.close();
    }
  }

  @Override
  public String toString() {
    return components.stream().map(Component::name).collect(Collectors.joining(">"))
        + " on "
        + engine;
  }
}
