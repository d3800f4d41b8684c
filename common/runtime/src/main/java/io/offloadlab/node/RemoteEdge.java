package io.offloadlab.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.Message.WithId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * An edge as the cloud sees it: requests that wait for their answers, and its clock. Safe for use
 * by many threads.
 */
final class RemoteEdge {
  private static final int GOODBYE_SECONDS = 5;

  private final NodeId id;
  private final Message.Hello hello;
  private final Channel channel;
  private final Duration patience;
  private final int maxPayloadBytes;
  private final ClockOffset clock = new ClockOffset();
  private final AtomicLong nextId = new AtomicLong();
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<Long, Consumer<List<Double>>> reports = new ConcurrentHashMap<>();
  private final GenericFutureListener<Future<? super Void>> lostIfNotSent = this::lostIfNotSent;
  private volatile RunFailure gone;

  /**
   * A request that is not answered yet.
   *
   * @param what its name
   * @param deadlineNanos when it will have failed
   */
  private record Waiting(CompletableFuture<WithId> reply, String what, long deadlineNanos) {}

  RemoteEdge(
      NodeId id, Message.Hello hello, Channel channel, Duration patience, int maxPayloadBytes) {
    this.id = id;
    this.hello = hello;
    this.channel = channel;
    this.patience = patience;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  NodeId id() {
    return id;
  }

  Message.Hello hello() {
    return hello;
  }

  Channel channel() {
    return channel;
  }

  ClockOffset clock() {
    return clock;
  }

  /** Largest payload that it accepts. */
  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /** Why it is gone, or null. */
  RunFailure gone() {
    return gone;
  }

  /** Sends a message. */
  ChannelFuture send(Message message) {
    return channel.writeAndFlush(message);
  }

  /** Sends a message; a connection that cannot be written to is lost. */
  void tell(Message message) {
    send(message).addListener(lostIfNotSent);
  }

  private void lostIfNotSent(Future<? super Void> sent) {
    if (!sent.isSuccess()) {
      lost(String.valueOf(sent.cause().getMessage()));
      Sockets.close(channel);
    }
  }

  /**
   * Says goodbye and lets the edge close the connection. Were it closed from here while something
   * of the edge's is still unread, TCP would reset it, and the goodbye could be lost with it.
   */
  void goodbye() {
    tell(new Message.Goodbye());
    if (!channel.closeFuture().awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
      channel.close().awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * Asks for something.
   *
   * @param request makes the request of a given id; its payload is taken over
   * @param answer type of the answer
   * @return the answer, whose payload is the caller's; fails with {@link RunFailure} when the edge
   *     says it cannot, is gone, or does not answer in time
   */
  <T extends WithId> CompletableFuture<T> request(LongFunction<WithId> request, Class<T> answer) {
    long number = nextId.incrementAndGet();
    WithId message = request.apply(number);
    if (message.payload().readableBytes() > maxPayloadBytes) {
      int bytes = message.payload().readableBytes();
      message.release();
      reports.remove(number);
      return CompletableFuture.failedFuture(
          new RunFailure(
              String.format(
                  Locale.ROOT,
                  "%d bytes for %s are over the frame limit of %d: use a smaller batch",
                  bytes,
                  this,
                  maxPayloadBytes)));
    }
    String what = message.getClass().getSimpleName();
    CompletableFuture<WithId> reply = new CompletableFuture<>();
    waiting.put(number, new Waiting(reply, what, System.nanoTime() + patience.toNanos()));
    CompletableFuture<T> result =
        reply.handle(
            (m, failure) -> {
              waiting.remove(number);
              reports.remove(number);
              if (failure != null) {
                throw (RunFailure) failure;
              } else if (m instanceof Message.Failure f) {
                throw new RunFailure("%s: %s".formatted(this, f.message()));
              } else if (!answer.isInstance(m)) {
                m.release();
                throw new RunFailure("%s answered '%s' with %s".formatted(this, what, m));
              }
              return answer.cast(m);
            });
    if (gone != null) {
      message.release();
      reply.completeExceptionally(gone);
    } else {
      tell(message);
    }
    return result;
  }

  /**
   * Fails the requests that have waited too long; called with every heartbeat. A timer for each of
   * them would wake a thread with each of them.
   */
  void expire() {
    long now = System.nanoTime();
    for (Waiting w : waiting.values()) {
      if (now - w.deadlineNanos >= 0) {
        w.reply.completeExceptionally(
            new RunFailure("%s did not answer '%s' within %s".formatted(this, w.what, patience)));
      }
    }
  }

  /**
   * Asks to be told when an open run has run out of steps; called by whoever makes its request.
   *
   * @param onReached called in the connection's event loop, with what an exit said of the samples
   */
  void onReached(long id, Consumer<List<Double>> onReached) {
    reports.put(id, onReached);
  }

  /** An open run has run out of steps; one that nobody asked to hear of is dropped. */
  void reached(Message.Reached report) {
    reports.getOrDefault(report.id(), entropies -> {}).accept(report.entropies());
  }

  /** An answer came; one that nobody waits for any more is dropped. */
  void answered(WithId answer) {
    Waiting request = waiting.remove(answer.id());
    if (request == null || !request.reply.complete(answer)) {
      answer.release();
    }
  }

  /**
   * The connection is lost: whatever waits fails.
   *
   * @return whether this was news
   */
  boolean lost(String why) {
    synchronized (this) {
      if (gone != null) {
        return false;
      }
      gone = new RunFailure("%s is gone: %s".formatted(this, why));
    }
    waiting.values().forEach(w -> w.reply.completeExceptionally(gone));
    return true;
  }

  /** {@code edge-2 (garage-pi)}. */
  @Override
  public String toString() {
    return hello.name().equals(id.toString())
        ? id.toString()
        : "%s (%s)".formatted(id, hello.name());
  }
}
