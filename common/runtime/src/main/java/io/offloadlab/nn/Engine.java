package io.offloadlab.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.weights.ComponentWeights;

/**
 * PyTorch on one device, with a number of threads for one inference.
 *
 * <p>Safe for use by many threads. Several engines can live in one process; they share the native
 * library, not memory.
 */
public final class Engine implements AutoCloseable {
  /** Where inference runs. */
  public enum Processor {
    /** The host's cores. */
    CPU,
    /** The first CUDA device. */
    GPU
  }

  private final Device device;
  private final int threads;
  private final NDManager manager;

  /**
   * Starts PyTorch if this process has not yet.
   *
   * @param processor where to run
   * @param threads cores that one inference may use, at least 1; without meaning on a GPU
   * @throws RunFailure if there is no GPU that PyTorch can use, or no PyTorch for this platform
   * @throws IllegalArgumentException if threads is not positive
   */
  public Engine(Processor processor, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("an inference needs a thread, not " + threads);
    }
    ai.djl.engine.Engine djl = PyTorch.start();
    if (processor == Processor.GPU && djl.getGpuCount() == 0) {
      throw new RunFailure(
          "device 'gpu' was asked for, but PyTorch finds no CUDA device: use cpu, or add the"
              + " pytorch-native package of your CUDA version");
    }
    this.device = processor == Processor.GPU ? Device.gpu() : Device.cpu();
    this.threads = threads;
    this.manager = djl.newBaseManager(device);
  }

  /**
   * Makes a component ready to run on this engine.
   *
   * @param weights not needed any more when this returns
   * @return owned by the caller, to be closed; closed with the engine at the latest
   * @throws RunFailure if the weights do not fit the component
   */
  public LoadedComponent load(Component component, ComponentWeights weights) {
    weights.requireFor(component);
    return LoadedComponent.load(this, component, weights);
  }

  /**
   * A manager for tensors on this engine's device: what is created under it is closed with it.
   *
   * @return owned by the caller; closed with the engine at the latest
   */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  /** Cores that one inference uses unless it is told otherwise. */
  public int threads() {
    return threads;
  }

  /** The fastest way to run a graph here; what it needs natively is owned by the manager. */
  Executable compile(FoldedGraph graph, NDManager owner) {
    return !device.isGpu() && PyTorch.hasOneDnn()
        ? OneDnnProgram.of(graph, owner)
        : Program.of(graph, owner);
  }

  Device device() {
    return device;
  }

  /** Closes everything that was loaded or created under this engine. */
  @Override
  public void close() {
    manager.close();
  }

  @Override
  public String toString() {
    return "%s on %s with %d thread(s)".formatted(PtEngine.ENGINE_NAME, device, threads);
  }
}
