package io.offloadlab.weights;

/**
 * IEEE 754 binary16 (half precision) to and from binary32. Java 20 has {@code
 * Float.float16ToFloat}; this project runs on 17.
 */
public final class Float16 {
  private static final int EXPONENT = 0x7c00;
  private static final int FRACTION = 0x03ff;

  /** The exponents' biases are 127 and 15. */
  private static final int REBIAS = (127 - 15) << 23;

  private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

  private Float16() {}

  /**
   * The float of the same value; exact for every half, including subnormals, infinities and NaNs.
   *
   * @param half the 16 bits
   */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half & EXPONENT;
    int fraction = half & FRACTION;
    if (exponent == EXPONENT) {
      return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
    }
    if (exponent == 0) {
      float magnitude = fraction * SMALLEST_SUBNORMAL;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | (((exponent | fraction) << 13) + REBIAS));
  }

  /**
   * The nearest half, ties to even, as PyTorch's {@code Tensor.half()}; values beyond 65504 become
   * infinite.
   */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      // The quiet bit keeps a NaN whose payload lies in the bits that fall away from becoming
      // infinite.
      return (short) (sign | EXPONENT | 0x0200 | (bits >>> 13 & FRACTION));
    }
    if (magnitude >= 65520f) {
      return (short) (sign | EXPONENT);
    }
    if (magnitude < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(magnitude / (double) SMALLEST_SUBNORMAL));
    }
    int rebased = (bits & 0x7fffffff) - REBIAS;
    int roundHalfToEven = 0x0fff + (rebased >>> 13 & 1);
    return (short) (sign | (rebased + roundHalfToEven) >>> 13);
  }
}
