package io.offloadlab.data;

import java.util.Locale;

/** The two parts that every data set is published in. */
public enum Split {
  TRAIN,
  TEST;

  /** {@code train} or {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
