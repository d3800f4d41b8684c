package io.offloadlab.train.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a recording needs for the gradient is there when the gradient is reckoned. */
class RecordingMemoryTest {
  private static final int LOSSES = 200;
  private static final int CLASSES = 4;

  /** Overwrites what is free: whoever reads memory that was given back reads this. */
  private static void overwriteFreeMemory() {
    for (int round = 0; round < 5; round++) {
      System.gc();
      for (int i = 0; i < 20_000; i++) {
        ByteBuffer.allocateDirect(4).putInt(0x7f7f7f7f);
      }
    }
  }

  @Test
  void backward_memoryCollectedSinceTheLoss_gradientIsThatOfTheLoss() {
    float[] values = {0.5f, -1, 2, 0.25f};
    double sum = 0;
    for (float v : values) {
      sum += Math.exp(v);
    }
    try (PyTorchEngine engine = new PyTorchEngine(Engine.Processor.CPU, 1);
        NDManager owner = engine.newManager();
        GradientRecording on = GradientRecording.recorded()) {
      assert on != null;
      List<NDArray> logits = new ArrayList<>();
      List<NDArray> losses = new ArrayList<>();
      for (int i = 0; i < LOSSES; i++) {
        NDArray x = owner.create(values, new Shape(1, CLASSES));
        x.setRequiresGradient(true);
        NDArray target = Losses.targets(owner, new int[] {2}, CLASSES, 0);
        logits.add(x);
        losses.add(Losses.times(Losses.crossEntropy(x, target), 0.5f));
      }

      overwriteFreeMemory();

      for (int i = 0; i < LOSSES; i++) {
        GradientRecording.backward(losses.get(i), owner);
        float[] gradient = logits.get(i).getGradient().toFloatArray();
        for (int c = 0; c < CLASSES; c++) {
          double expected = 0.5 * (Math.exp(values[c]) / sum - (c == 2 ? 1 : 0));
          assertThat((double) gradient[c]).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }
}
