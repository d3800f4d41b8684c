package io.offloadlab.twin.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Beside a walk through all values. */
class WindowTest {
  private static final int MOST = 16;

  private static double mean(Deque<Double> kept, double bound) {
    return kept.stream().mapToDouble(v -> Math.min(bound, v)).sum() / kept.size();
  }

  private static double integral(Deque<Double> kept, double bound) {
    return kept.stream()
            .mapToDouble(
                v -> {
                  double until = Math.min(bound, v);
                  return until * until / 2 + (bound - until) * until;
                })
            .sum()
        / kept.size();
  }

  @Test
  void means_ofTheLastValues_areThoseOfAWalkThroughThem() {
    SplittableRandom random = new SplittableRandom(3);
    Window window = new Window(MOST);
    Deque<Double> kept = new ArrayDeque<>();
    for (int i = 0; i < 500; i++) {
      // Few different ones, so that many are equal; some without end.
      double value = random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(6) / 5.0;
      window.add(value);
      kept.add(value);
      if (kept.size() > MOST) {
        kept.remove();
      }
      double bound = random.nextInt(2) == 0 ? random.nextInt(6) / 5.0 : random.nextDouble(1.5);

      assertThat(window.meanUpTo(bound)).isCloseTo(mean(kept, bound), within(1e-12));
      assertThat(window.meanIntegralUpTo(bound)).isCloseTo(integral(kept, bound), within(1e-12));
    }
  }
}
