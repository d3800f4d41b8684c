package io.offloadlab.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  private static Answers of(int images, int correct, int distinct) {
    BitSet seen = new BitSet();
    seen.set(0, distinct);
    return new Answers(images, correct, seen);
  }

  @Test
  void interval_known_isWilsons() {
    // By hand: n 100, p 0.9, z 1.96: (0.9 + 0.0192 +- 1.96 sqrt(0.0009 + 0.000096)) / 1.0384.
    Interval interval = of(100, 90, 100).interval();

    assertThat(interval.low()).isCloseTo(0.8256, within(2e-4));
    assertThat(interval.high()).isCloseTo(0.9448, within(2e-4));
  }

  @Test
  @DisplayName("An image that comes again says nothing new")
  void interval_imagesThatCameTwice_isThatOfTheDifferentOnes() {
    assertThat(of(200, 180, 100).interval()).isEqualTo(of(100, 90, 100).interval());
    BitSet same = new BitSet();
    same.set(0, 100);
    Answers both = Answers.of(List.of(of(100, 90, 100), new Answers(100, 90, same)));
    assertThat(both.interval()).isEqualTo(of(100, 90, 100).interval());
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.01", "0.77, 0.01", "0.5, 0.02", "0.99, 0.01"})
  @DisplayName(
      "With as many images as are asked for, the interval is as narrow, and with fewer not")
  void imagesFor_aHalfWidth_isTheLeastNumberThatGivesIt(double accuracy, double width) {
    int n = (int) of(1000, (int) (1000 * accuracy), 1000).imagesFor(width);

    assertThat(half(n, accuracy)).isLessThanOrEqualTo(width);
    assertThat(half(n - 2, accuracy)).isGreaterThan(width);
  }

  /** Wilson's half-width, as textbooks have it. */
  private static double half(int n, double p) {
    double z = 1.959964;
    return z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
  }
}
