package io.offloadlab.nn.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.offloadlab.nn.FoldedGraph;

/**
 * A folded graph as one TorchScript function of oneDNN's fused operations: one call into native
 * code per component, kernels reordered once at load for the cache blocks of this processor, and
 * bias, sum and ReLU done while a convolution's result is still in registers.
 *
 * <p>Measured with ResNet-18 on one core of an AMD EPYC with AVX-512, against {@link LayerProgram}:
 * median processor time 16.4 ms instead of 22.8 for one image, 1545 instead of 1940 for 128. Tried
 * and slower, in best wall time for one image where this takes 11.6 ms: oneDNN's blocked layout
 * without fusing 13.0, channels-last without reordered kernels 15.5, kernels reordered without
 * knowing the input's size 15.0. Kernels reordered for a batch of 128 were no faster at 128 than
 * those for one.
 */
final class OneDnnProgram implements Executable {
  private final PtSymbolBlock module;
  private final IValue weights;

  private OneDnnProgram(PtSymbolBlock module, IValue weights) {
    this.module = module;
    this.weights = weights;
  }

  /**
   * @param bfloat16 as {@link OneDnnScript#of} has it
   */
  static OneDnnProgram of(FoldedGraph graph, boolean bfloat16, NDManager owner) {
    OneDnnScript script = OneDnnScript.of(graph, bfloat16);
    PtSymbolBlock module = ScriptArchive.load(script.source(), owner);
    // The module keeps copies of its own, so the originals go at once.
    try (NDManager originals = owner.newSubManager()) {
      PtNDArray[] constants =
          script.constants().stream()
              .map(c -> (PtNDArray) originals.create(c.values(), new Shape(c.shape())))
              .toArray(PtNDArray[]::new);
      try (IValue list = IValue.listFrom(constants)) {
        return new OneDnnProgram(module, IValueUtils.runMethod(module, "pack", list));
      }
    }
  }

  @Override
  public PtNDArray run(PtNDArray input) {
    try (IValue x = IValue.from(input);
        IValue y = IValueUtils.runMethod(module, "forward", x, weights)) {
      return y.toTensor(input.getManager());
    }
  }

  /** Frees the weights; the module is closed by the manager that owns it. */
  @Override
  public void close() {
    weights.close();
  }
}
