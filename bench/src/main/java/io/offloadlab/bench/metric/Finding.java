package io.offloadlab.bench.metric;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Something that the referee has against a stream.
 *
 * @param mark what it is
 * @param text in a sentence, with the numbers
 */
public record Finding(Mark mark, String text) {
  /** What can be wrong with a stream. */
  public enum Mark {
    /** The whole interval of the accuracy is below what was asked for. */
    ACCURACY_MISSED("accuracy missed", true),
    /** The accuracy is below what was asked for, but not by more than chance allows. */
    ACCURACY_UNCLEAR("accuracy unclear", false),
    /** By the profile, the networks that ran are below what was asked for. */
    EXPECTED_BELOW("expected below", true),
    /** A node held more than its memory budget. */
    OVER_MEMORY("over memory", true),
    /** More was asked of a node or a link than it can do, or tasks were dropped. */
    SATURATED("saturated", true),
    /** Tasks of one device took several plans: the means are a mixture. */
    PLAN_CHANGED("plan changed", true);

    private final String words;
    private final boolean strict;

    Mark(String words, boolean strict) {
      this.words = words;
      this.strict = strict;
    }

    /** Whether a strict run fails for it. */
    public boolean failsStrictRuns() {
      return strict;
    }

    @Override
    @JsonValue
    public String toString() {
      return words;
    }
  }
}
