package io.offloadlab.models;

import java.util.Locale;

/**
 * The two halves of a data set's test images. What was chosen on one is judged on the other, so
 * that a choice is not reported on the very images it was made for.
 */
public enum ImageHalf {
  /** Images of even record numbers, from 0: to choose on. */
  SELECTION,
  /** Images of odd record numbers: to report on. */
  REPORT;

  /**
   * The half that an image belongs to.
   *
   * @param record its number in the data set's test files, from 0
   */
  public static ImageHalf of(int record) {
    return record % 2 == 0 ? SELECTION : REPORT;
  }

  /** {@code selection} or {@code report}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
