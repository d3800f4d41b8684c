package io.offloadlab.train.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Steps on the loss {@code sum(w^2) / 2}, whose gradient is {@code w}, against the formulas. */
class OptimizerTest {
  private static final double[] RATES = {.1, .05, .2};

  private PyTorchEngine engine;
  private NDManager manager;
  private NDArray w;

  @BeforeEach
  void open() {
    engine = new PyTorchEngine(Engine.Processor.CPU, 1);
    manager = engine.newManager();
    w = manager.create(new float[] {3, -2});
    w.setRequiresGradient(true);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void gradient() {
    try (GradientRecording on = GradientRecording.recorded()) {
      assertThat(on).isNotNull();
      GradientRecording.backward(w.square().sum().div(2), manager);
    }
  }

  @Test
  @DisplayName("SGD: velocity without learning rate, Nesterov's look ahead, L2 decay")
  void sgd_threeStepsWithChangingRate_asTheFormula() {
    Optimizer sgd = new Sgd(manager, Map.of("w", w), new Sgd.Settings(.9, true, .01));
    double[] x = {3, -2};
    double[] v = new double[2];
    for (double rate : RATES) {
      gradient();
      sgd.step(rate);
      for (int i = 0; i < 2; i++) {
        double g = x[i] * 1.01;
        v[i] = .9 * v[i] + g;
        x[i] -= rate * (g + .9 * v[i]);
        assertThat((double) w.toFloatArray()[i]).isCloseTo(x[i], within(1e-5));
      }
    }
  }

  @Test
  void adam_threeSteps_asTheFormula() {
    Optimizer adam = new Adam(manager, Map.of("w", w), Adam.Settings.defaults());
    double[] x = {3, -2};
    double[] m = new double[2];
    double[] s = new double[2];
    for (int t = 1; t <= 3; t++) {
      gradient();
      adam.step(RATES[t - 1]);
      for (int i = 0; i < 2; i++) {
        double g = x[i];
        m[i] = .9 * m[i] + .1 * g;
        s[i] = .999 * s[i] + .001 * g * g;
        double root = Math.sqrt(s[i] / (1 - Math.pow(.999, t))) + 1e-8;
        x[i] -= RATES[t - 1] * m[i] / (1 - Math.pow(.9, t)) / root;
        assertThat((double) w.toFloatArray()[i]).isCloseTo(x[i], within(1e-5));
      }
    }
  }

  @Test
  @DisplayName("gradients of several backward passes add up until a step, and are gone after it")
  void step_afterTwoBackwards_sumOfGradientsThenZero() {
    Optimizer sgd = new Sgd(manager, Map.of("w", w), new Sgd.Settings(0, false, 0));
    gradient();
    gradient();

    sgd.step(.1);

    assertThat(w.toFloatArray()[0]).isCloseTo(3 - .1f * 6, within(1e-5f));
    assertThat(w.getGradient().toFloatArray()).containsOnly(0);
  }

  @Test
  void step_any_leavesNoTensorBehind() {
    Optimizer adam = new Adam(manager, Map.of("w", w), Adam.Settings.defaults());
    gradient();
    adam.step(.1);
    int before = manager.getManagedArrays().size();

    adam.step(.1);

    assertThat(manager.getManagedArrays()).hasSize(before);
  }
}
