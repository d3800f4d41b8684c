package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes trainable tensors along their gradients, which are zero afterwards. What it remembers of
 * earlier steps is part of a checkpoint.
 */
public abstract sealed class Optimizer permits Sgd, Adam {
  /** How steps are taken. */
  public sealed interface Settings permits Sgd.Settings, Adam.Settings {
    /**
     * An optimiser before its first step.
     *
     * @param owner of what it remembers
     * @param parameters trainable tensors by name
     */
    Optimizer create(NDManager owner, Map<String, NDArray> parameters);
  }

  /** A trainable tensor and what is remembered of it. */
  private record Entry(PtNDArray tensor, List<PtNDArray> memory) {}

  private final NDManager owner;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long steps;

  /**
   * @param parameters trainable tensors by name
   * @param memories names of what is remembered of each tensor; zero in the beginning
   */
  Optimizer(NDManager owner, Map<String, NDArray> parameters, String... memories) {
    this.owner = owner;
    parameters.forEach(
        (name, tensor) -> {
          List<PtNDArray> memory = new ArrayList<>();
          for (String kind : memories) {
            PtNDArray zeros = (PtNDArray) owner.zeros(tensor.getShape());
            zeros.setName(kind);
            memory.add(zeros);
          }
          entries.put(name, new Entry((PtNDArray) tensor, memory));
        });
  }

  /**
   * One step with the gradients gathered since the last one.
   *
   * @param learningRate of this step
   */
  public final void step(double learningRate) {
    steps++;
    try (GradientRecording off = GradientRecording.unrecorded();
        NDManager scope = owner.newSubManager()) {
      assert off != null;
      begin(scope, learningRate);
      for (Entry e : entries.values()) {
        try (PtNDArray gradient = JniUtils.getGradient(e.tensor)) {
          if (gradient != null) {
            update(e.tensor, gradient, e.memory);
          }
        }
        JniUtils.zeroGrad(e.tensor);
      }
    }
  }

  /** Prepares the constants of a step under a manager that lives as long as the step. */
  abstract void begin(NDManager scope, double learningRate);

  /** Changes one tensor; the gradient may be used as scratch space. */
  abstract void update(PtNDArray tensor, PtNDArray gradient, List<PtNDArray> memory);

  static PtNDArray constant(NDManager scope, double value) {
    return (PtNDArray) scope.create((float) value);
  }

  /** {@code into += factor * what}. */
  static void addScaled(PtNDArray into, PtNDArray what, PtNDArray factor) {
    try (PtNDArray scaled = JniUtils.mul(what, factor)) {
      JniUtils.addi(into, scaled);
    }
  }

  /** Steps taken so far. */
  public final long steps() {
    return steps;
  }

  /** What is remembered, as {@code momentum/layer1.0.conv1.weight}; the arrays stay ours. */
  public final Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    entries.forEach(
        (name, e) -> {
          for (PtNDArray m : e.memory) {
            state.put(m.getName() + "/" + name, m);
          }
        });
    return state;
  }

  /** Goes on after a number of steps whose memory was put into {@link #state}. */
  public final void resume(long stepsTaken) {
    this.steps = stepsTaken;
  }
}
