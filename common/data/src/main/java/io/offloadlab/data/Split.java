package io.offloadlab.data;

import java.util.Locale;

/** The two parts that every data set is published in. */
public enum Split {
  /** What networks learn from. */
  TRAIN,
  /** What they are judged on. */
  TEST;

  /** {@code train} or {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
