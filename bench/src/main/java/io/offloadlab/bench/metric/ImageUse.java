package io.offloadlab.bench.metric;

/**
 * Which test images strategies were chosen by, and which reported what came of it.
 *
 * @param chosenOn those of the profile that strategies saw: {@code selection}, {@code all} or
 *     {@code none}
 * @param reportedOn those that the stream was drawn from: {@code report}, {@code all} or {@code
 *     generated}
 */
public record ImageUse(String chosenOn, String reportedOn) {
  /** All images for both, as far as that is known. */
  public static final ImageUse ALL = new ImageUse("all", "all");

  /** Of a network that no image was measured of, on images that are none. */
  public static final ImageUse NONE = new ImageUse("none", "generated");

  /** As a line tells it. */
  public String told() {
    if (equals(NONE)) {
      return "images are generated and have no labels";
    }
    return equals(ALL)
        ? "all test images chose and report"
        : "the %s images chose, the %s images report".formatted(chosenOn, reportedOn);
  }
}
