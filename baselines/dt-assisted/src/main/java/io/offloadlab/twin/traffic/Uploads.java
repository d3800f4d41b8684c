package io.offloadlab.twin.traffic;

import io.offloadlab.twin.decision.Action;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A device's uploads under way: the cloud's backlog does not show them yet, but a later upload will
 * find them there.
 */
public final class Uploads {
  private final Deque<Upload> underWay = new ArrayDeque<>();

  private record Upload(double reaches, double compute) {}

  /**
   * An upload sets out; they reach the cloud in this order.
   *
   * @param upload the stop that was chosen
   * @param now seconds from the start of the stream
   * @param uplinkBacklog seconds until the uplink is free
   */
  public void add(Action upload, double now, double uplinkBacklog) {
    if (upload.sending() == 0) {
      // It is at the cloud already, whose backlog shows it.
      return;
    }
    double reaches = now + uplinkBacklog + upload.sending() + upload.travelling();
    underWay.add(new Upload(reaches, upload.cloud()));
  }

  /**
   * Seconds until the cloud will be done with what waits there and with what is under way.
   *
   * @param backlog seconds of compute that waits at the cloud now
   */
  public double cloudBacklog(double backlog, double now) {
    while (!underWay.isEmpty() && underWay.peek().reaches <= now) {
      underWay.remove();
    }
    double free = backlog;
    for (Upload u : underWay) {
      free = Math.max(free, u.reaches - now) + u.compute;
    }
    return free;
  }
}
