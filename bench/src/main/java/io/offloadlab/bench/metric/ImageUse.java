package io.offloadlab.bench.metric;

/**
 * Which test images strategies were chosen by, and which reported what came of it.
 *
 * @param chosenOn those of the profile that strategies saw: {@code selection} or {@code all}
 * @param reportedOn those that the stream was drawn from: {@code report} or {@code all}
 */
public record ImageUse(String chosenOn, String reportedOn) {
  /** All images for both, as far as that is known. */
  public static final ImageUse ALL = new ImageUse("all", "all");

  /** As a line tells it. */
  public String told() {
    return equals(ALL)
        ? "all test images chose and report"
        : "the %s images chose, the %s images report".formatted(chosenOn, reportedOn);
  }
}
