package io.offloadlab.node;

import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Changes the links of a running system as its scenario says, on the clock of a stream that may
 * stand still. Safe for use by many threads.
 */
final class LinkClock implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Scenario scenario;
  private final BiConsumer<NodeId, LinkSpec> change;
  private final List<LinkSpec> now;
  private final ScheduledThreadPoolExecutor thread;

  /** Of the last {@link #goOn}: what was scheduled before that does not count any more. */
  private long turn;

  /**
   * @param change told of every link that changes
   */
  LinkClock(Scenario scenario, BiConsumer<NodeId, LinkSpec> change) {
    this.scenario = scenario;
    this.change = change;
    this.now = new ArrayList<>(scenario.links());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread t = new Thread(work, "link clock");
              t.setDaemon(true);
              return t;
            });
  }

  /** The stream goes on from this time, with the links that it has then. */
  synchronized void goOn(double seconds) {
    if (scenario.linkChanges().isEmpty()) {
      return;
    }
    reach(++turn, System.nanoTime() - Math.round(seconds * NANOS_PER_SECOND), seconds);
  }

  /** The stream stands still: links stay as they are. */
  synchronized void stop() {
    turn++;
  }

  private synchronized void reach(long asked, long zero, double seconds) {
    if (asked != turn) {
      return;
    }
    List<LinkSpec> wanted = scenario.linksAt(seconds);
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).equals(now.get(i))) {
        now.set(i, wanted.get(i));
        change.accept(NodeId.edge(i + 1), wanted.get(i));
      }
    }
    double next = LinkChanges.nextAfter(scenario.linkChanges(), seconds);
    if (next < Double.POSITIVE_INFINITY && !thread.isShutdown()) {
      long wait = zero + Math.round(next * NANOS_PER_SECOND) - System.nanoTime();
      var unused = thread.schedule(() -> reach(asked, zero, next), wait, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public synchronized void close() {
    turn++;
    thread.shutdownNow();
  }
}
