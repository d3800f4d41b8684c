package io.offloadlab.profile;

import java.util.concurrent.CompletableFuture;

/** The link between the cloud and one edge, as the cloud can measure it. */
public interface ProfiledLink {
  /** The edge's own name. */
  String name();

  /**
   * Sends bytes to the edge, which answers at once with others.
   *
   * @param downBytes from the cloud to the edge
   * @param upBytes from the edge to the cloud
   * @return seconds until the answer was complete, on the cloud's clock
   */
  CompletableFuture<Double> exchangeSeconds(int downBytes, int upBytes);
}
