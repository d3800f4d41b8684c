package io.offloadlab.strategy.option;

/**
 * Where a number may lie.
 *
 * @param least the smallest that is valid
 * @param most the largest that is valid
 * @param words the same for people: {@code in 0..1}
 */
public record Range(double least, double most, String words) {
  /** Zero or above. */
  public static final Range NOT_NEGATIVE = new Range(0, Double.MAX_VALUE, "0 or more");

  /** Above zero. */
  public static final Range POSITIVE = new Range(Double.MIN_VALUE, Double.MAX_VALUE, "above 0");

  /** From 0 to 1. */
  public static final Range SHARE = new Range(0, 1, "in 0..1");

  /** Above 0 and up to 1. */
  public static final Range POSITIVE_SHARE = new Range(Double.MIN_VALUE, 1, "in (0, 1]");

  /** From a number up. */
  public static Range atLeast(int least) {
    return new Range(least, Double.MAX_VALUE, least + " or more");
  }

  /**
   * A number, if it lies here.
   *
   * @throws IllegalArgumentException if it does not
   */
  public double checked(double value) {
    // Written so that NaN is in no range.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(value + " is not " + words);
    }
    return value;
  }

  @Override
  public String toString() {
    return words;
  }
}
