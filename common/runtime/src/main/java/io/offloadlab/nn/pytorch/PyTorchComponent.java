package io.offloadlab.nn.pytorch;

import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Component;
import io.offloadlab.nn.FoldedGraph;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.Tensor;
import io.offloadlab.weights.ComponentWeights;

/** A component as a program of PyTorch. */
final class PyTorchComponent implements LoadedComponent {
  private final PyTorchEngine engine;
  private final Component component;
  private final NDManager manager;
  private final Executable program;

  private PyTorchComponent(
      PyTorchEngine engine, Component component, NDManager manager, Executable program) {
    this.engine = engine;
    this.component = component;
    this.manager = manager;
    this.program = program;
  }

  static PyTorchComponent load(
      PyTorchEngine engine, Component component, ComponentWeights weights) {
    NDManager manager = engine.newManager();
    try {
      FoldedGraph folded = FoldedGraph.of(component.graph(), weights);
      return new PyTorchComponent(engine, component, manager, engine.compile(folded, manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public Component component() {
    return component;
  }

  @Override
  public Tensor run(Tensor input) {
    return run(input, engine.threads());
  }

  @Override
  public Tensor run(Tensor input, int threads) {
    if (!manager.isOpen()) {
      throw new IllegalStateException("component '%s' is closed".formatted(component));
    }
    if (!input.shape().equals(component.input())) {
      throw new IllegalArgumentException(
          "component '%s' wants samples of %s, got %s"
              .formatted(component, component.input(), input.shape()));
    }
    PyTorch.useThreads(threads);
    PyTorchTensor x = engine.here(input);
    try {
      return new PyTorchTensor(program.run(x.array()), input.batch(), component.output());
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
    return component.name() + " on " + engine;
  }
}
