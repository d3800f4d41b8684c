package io.offloadlab.nn.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDArray;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.FoldedGraph;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/**
 * PyTorch on one device. Several of these share the native library, not memory.
 *
 * <p>Training, which needs more of PyTorch than an {@link Engine} has, uses this class itself.
 */
public final class PyTorchEngine implements Engine {
  /** How inference runs. */
  enum Kind {
    /** Layer by layer, on any processor. */
    LAYERS,
    /** With oneDNN's fused operations. */
    FUSED,
    /** The same in bfloat16. */
    FUSED_BFLOAT16
  }

  private final Device device;
  private final int threads;
  private final Kind kind;
  private final NDManager manager;

  /** With oneDNN's fused operations where there are any; see the other constructor. */
  public PyTorchEngine(Processor processor, int threads) {
    this(processor, threads, PyTorch.hasOneDnn() ? Kind.FUSED : Kind.LAYERS);
  }

  /**
   * Starts PyTorch if this process has not yet; see {@link Engine#open}.
   *
   * @param kind how inference runs on a CPU; on a GPU it is layer by layer
   * @throws RunFailure if there is no GPU that PyTorch can use, or no PyTorch for this platform
   * @throws IllegalArgumentException if threads is not positive
   */
  PyTorchEngine(Processor processor, int threads, Kind kind) {
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
    this.kind = processor == Processor.CPU ? kind : Kind.LAYERS;
    this.manager = djl.newBaseManager(device);
  }

  @Override
  public Program load(List<Part> chain) {
    return PyTorchProgram.load(this, chain);
  }

  @Override
  public Tensor wrap(ByteBuffer bytes, int batch, Shape shape) {
    PtNDArray array = (PtNDArray) TensorBuffers.wrap(manager, bytes, batch, shape);
    return new PyTorchTensor(array, batch, shape);
  }

  /**
   * A manager for DJL's tensors on this engine's device: what is created under it is closed with
   * it.
   *
   * @return owned by the caller; closed with the engine at the latest
   */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  @Override
  public int threads() {
    return threads;
  }

  /** Tensors that were made and not closed yet. */
  int tensors() {
    return manager.getManagedArrays().size();
  }

  /** The fastest way to run a graph here; what it needs natively is owned by the manager. */
  Executable compile(FoldedGraph graph, NDManager owner) {
    return kind == Kind.LAYERS
        ? LayerProgram.of(graph, owner)
        : OneDnnProgram.of(graph, kind == Kind.FUSED_BFLOAT16, owner);
  }

  /**
   * A tensor of any engine where this one can compute with it: the same one if it is there already.
   */
  PyTorchTensor here(Tensor tensor) {
    if (tensor instanceof PyTorchTensor own && own.array().getDevice().equals(device)) {
      return own;
    }
    return (PyTorchTensor) wrap(tensor.bytes(), tensor.batch(), tensor.shape());
  }

  @Override
  public void close() {
    manager.close();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s on %s with %d thread(s)", PtEngine.ENGINE_NAME, device, threads);
  }
}
