package io.offloadlab.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Float16Test {
  private static final int HALVES = 1 << 16;

  /**
   * The value of a half by the definition in IEEE 754: sign, 5 bits of exponent, 10 of fraction.
   */
  private static double byDefinition(int half) {
    int sign = half >> 15;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    double magnitude;
    if (exponent == 31) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.pow(2, -14) * (fraction / 1024.0);
    } else {
      magnitude = Math.pow(2, exponent - 15) * (1 + fraction / 1024.0);
    }
    return sign == 0 ? magnitude : -magnitude;
  }

  @Test
  @DisplayName("widening agrees with the definition for each of the 65536 halves")
  void toFloat_everyHalf_definition() {
    for (int half = 0; half < HALVES; half++) {
      assertThat(Double.valueOf(Float16.toFloat((short) half)))
          .as("%04x", half)
          .isEqualTo(Double.valueOf(byDefinition(half)));
    }
  }

  @Test
  @DisplayName("narrowing gives back each of the 65536 halves that was widened")
  void fromFloat_everyWidenedHalf_itself() {
    for (int half = 0; half < HALVES; half++) {
      short back = Float16.fromFloat(Float16.toFloat((short) half));
      if (Double.isNaN(byDefinition(half))) {
        assertThat(Float16.toFloat(back)).as("%04x", half).isNaN();
      } else {
        assertThat(back).as("%04x", half).isEqualTo((short) half);
      }
    }
  }

  @Test
  @DisplayName("a float between two halves goes to the nearer one, from the middle to the even one")
  void fromFloat_betweenTwoHalves_nearestTiesToEven() {
    for (int half = 0; half < 0x7bff; half++) {
      float low = (float) byDefinition(half);
      float high = (float) byDefinition(half + 1);
      float middle = (low + high) / 2;
      int even = half % 2 == 0 ? half : half + 1;
      assertThat(Float16.fromFloat(middle)).as("middle after %04x", half).isEqualTo((short) even);
      assertThat(Float16.fromFloat(Math.nextDown(middle))).isEqualTo((short) half);
      assertThat(Float16.fromFloat(Math.nextUp(middle))).isEqualTo((short) (half + 1));
      assertThat(Float16.fromFloat(-Math.nextUp(middle))).isEqualTo((short) (0x8000 | half + 1));
    }
  }

  @Test
  @DisplayName("what is beyond the largest half becomes infinite, from its rounding boundary on")
  void fromFloat_tooLarge_infinite() {
    assertThat(Float16.fromFloat(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
    assertThat(Float16.fromFloat(65520f)).isEqualTo((short) 0x7c00);
    assertThat(Float16.fromFloat(-Float.MAX_VALUE)).isEqualTo((short) 0xfc00);
  }
}
