package io.offloadlab.twin.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.twin.settings.TwinSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContValueNetTest {
  private static final double LAST = Double.NEGATIVE_INFINITY;
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));

  private final List<ContValueNet> made = new ArrayList<>();

  private ContValueNet untrained() {
    ContValueNet net = new ContValueNet(2, SETTINGS, 1, 7);
    made.add(net);
    return net;
  }

  @AfterEach
  void close() {
    made.forEach(ContValueNet::close);
  }

  /** Stopping at the next boundary is worth something that depends on the state. */
  private static void teach(ContValueNet net, int samples) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < samples; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      net.learn(
          new BoundarySample(
              0, new float[] {x, y}, 0.2, 0, 0.2 + x - 0.5 * y, LAST, 1, new float[] {0, 0}));
    }
  }

  @Test
  void correction_untrained_isZero() {
    assertThat(untrained().correction(0, new float[] {0.3f, 0.9f})).isZero();
  }

  @Test
  void step_repeated_learnsWhatGoingOnIsWorth() {
    ContValueNet net = untrained();
    teach(net, 2000);

    for (int i = 0; i < 800; i++) {
      net.step();
    }
    // what it has learned counts once new samples have borne it out
    teach(net, 50);

    assertThat(net.correction(0, new float[] {0.8f, 0.2f})).isCloseTo(0.7, within(0.05));
    assertThat(net.correction(0, new float[] {0.2f, 0.9f})).isCloseTo(-0.25, within(0.05));
  }

  @Test
  void correction_whereNothingWasBorneOut_isZero() {
    ContValueNet net = untrained();
    teach(net, 300);
    for (int i = 0; i < 100; i++) {
      net.step();
    }
    teach(net, 10);

    assertThat(net.correction(1, new float[] {0.8f, 0.2f})).isZero();
    assertThat(net.correction(0, new float[] {0.8f, 0.2f})).isNotZero();
  }

  @Test
  void restore_goesOnAsIfNothingHadHappened() {
    ContValueNet one = untrained();
    teach(one, 300);
    for (int i = 0; i < 20; i++) {
      one.step();
    }
    ContValueNet other = untrained();
    other.restore(one.memory());
    for (int i = 0; i < 20; i++) {
      one.step();
      other.step();
    }

    assertThat(other.values()).isEqualTo(one.values());
    assertThat(other.steps()).isEqualTo(40);
  }

  @Test
  void close_whatWasLearnedCanStillBeAskedFor() {
    ContValueNet net = untrained();
    teach(net, 300);
    net.step();
    ContValueNet.Memory before = net.memory();

    net.close();
    net.step();

    assertThat(net.memory().steps()).isEqualTo(1);
    assertThat(net.memory().parameters()).isEqualTo(before.parameters());
    assertThat(net.memory().optimiser()).isEqualTo(before.optimiser());
  }
}
