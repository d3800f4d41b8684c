package io.offloadlab.node;

import io.netty.buffer.Unpooled;
import io.offloadlab.wire.Message.Probe;
import io.offloadlab.wire.Message.Probed;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Round trips over the emulated links while tasks are running. The shortest of the last few counts:
 * the others waited for a tensor before them, which is not the link's round trip.
 */
final class Pings {
  private static final int WINDOW = 15;

  private final Map<RemoteEdge, Deque<Double>> latest = new ConcurrentHashMap<>();

  /** An exchange of so many bytes over a link, in seconds. */
  static CompletableFuture<Double> exchange(RemoteEdge edge, int downBytes, int upBytes) {
    long start = System.nanoTime();
    return edge.request(
            id -> new Probe(id, upBytes, Unpooled.directBuffer(downBytes).writeZero(downBytes)),
            Probed.class)
        .thenApply(
            answer -> {
              long end = System.nanoTime();
              answer.release();
              return (end - start) / 1e9;
            });
  }

  /** The shortest recent round trip in seconds, after one more. */
  CompletableFuture<Double> ping(RemoteEdge edge) {
    return exchange(edge, 0, 0)
        .thenApply(
            seconds -> {
              Deque<Double> window = latest.computeIfAbsent(edge, e -> new ArrayDeque<>());
              synchronized (window) {
                window.addLast(seconds);
                if (window.size() > WINDOW) {
                  window.removeFirst();
                }
                return Collections.min(window);
              }
            });
  }
}
