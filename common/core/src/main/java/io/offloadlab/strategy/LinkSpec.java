package io.offloadlab.strategy;

/**
 * How the link between an edge and the cloud is emulated.
 *
 * @param upBytesPerSecond from edge to cloud; infinite for an unshaped link
 * @param downBytesPerSecond from cloud to edge; infinite for an unshaped link
 * @param rttSeconds added round-trip time; half of it in each direction
 */
public record LinkSpec(double upBytesPerSecond, double downBytesPerSecond, double rttSeconds) {
  /** Neither rate nor delay is emulated. */
  public static final LinkSpec UNSHAPED =
      new LinkSpec(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

  /**
   * @throws IllegalArgumentException if a rate is not positive or the round-trip time negative
   */
  public LinkSpec {
    if (!(upBytesPerSecond > 0) || !(downBytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "link rates are positive, not up %s, down %s bytes/s"
              .formatted(upBytesPerSecond, downBytesPerSecond));
    }
    if (!(rttSeconds >= 0) || Double.isInfinite(rttSeconds)) {
      throw new IllegalArgumentException("a round-trip time is 0 or more, not " + rttSeconds);
    }
  }
}
