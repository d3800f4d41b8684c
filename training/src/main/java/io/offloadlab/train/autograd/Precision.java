package io.offloadlab.train.autograd;

import java.util.Locale;

/**
 * What a training computes convolutions and all between them in. Weights, what the optimiser
 * remembers, statistics of batch norms, linear layers and losses are float32 in either.
 */
public enum Precision {
  /** 24 bits of mantissa. */
  FLOAT32,
  /** 8 bits of mantissa, the range of float32, half the memory. */
  BFLOAT16;

  /**
   * One by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Precision of(String name) {
    for (Precision precision : values()) {
      if (precision.toString().equals(name)) {
        return precision;
      }
    }
    throw new IllegalArgumentException("no precision '%s'".formatted(name));
  }

  /** As {@code bfloat16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
