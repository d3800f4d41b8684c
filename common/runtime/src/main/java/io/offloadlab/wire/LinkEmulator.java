package io.offloadlab.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds outgoing frames back until a link of a given rate and delay would have delivered them.
 * Frames that do not cross the link ({@link Message#crossesLink}) pass at once.
 *
 * <p>A thread of its own parks until the next frame is due, because that is accurate to some tens
 * of microseconds. Netty's traffic shaper works in steps of at least 10 ms, and timers of an NIO
 * event loop in whole milliseconds: both are longer than what is to be measured here.
 */
public final class LinkEmulator extends ChannelOutboundHandlerAdapter {
  private record Held(Frame frame, ChannelPromise promise, long dueNanos) {}

  private final Queue<Held> held = new ConcurrentLinkedQueue<>();
  private ChannelHandlerContext context;
  private LinkSchedule schedule;
  private Thread courier;
  private volatile boolean closed;

  LinkEmulator() {}

  /**
   * Emulates a link for frames that are sent from now on; called in the pipeline's event loop,
   * again whenever the link changes.
   *
   * @param bytesPerSecond infinite for an unshaped link
   * @param delaySeconds half the round-trip time
   */
  public void emulate(double bytesPerSecond, double delaySeconds) {
    if (courier != null) {
      schedule.become(bytesPerSecond, delaySeconds);
      return;
    }
    if (closed || (Double.isInfinite(bytesPerSecond) && delaySeconds == 0)) {
      return;
    }
    schedule = new LinkSchedule(bytesPerSecond, delaySeconds);
    courier = new Thread(this::deliver, "link " + context.channel().remoteAddress());
    courier.setDaemon(true);
    courier.start();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    Frame frame = (Frame) msg;
    if (closed) {
      frame.release();
      promise.tryFailure(new ClosedChannelException());
    } else if (schedule == null || !frame.crossesLink()) {
      frame.write(ctx, promise);
    } else {
      long due = schedule.arrivalNanos(System.nanoTime(), frame.bytes());
      held.add(new Held(frame, promise, due));
      LockSupport.unpark(courier);
    }
  }

  private void deliver() {
    while (!closed) {
      Held next = held.peek();
      long wait = next == null ? Long.MAX_VALUE : next.dueNanos() - System.nanoTime();
      if (next == null) {
        LockSupport.park(this);
      } else if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else {
        handOver();
      }
    }
  }

  /** Only the event loop takes frames out of the queue, so each has one owner when it closes. */
  private void handOver() {
    try {
      context
          .executor()
          .submit(
              () -> {
                for (Held h = held.peek();
                    h != null && h.dueNanos() - System.nanoTime() <= 0;
                    h = held.peek()) {
                  held.remove();
                  h.frame().write(context, h.promise());
                }
                context.flush();
              })
          .sync();
    } catch (InterruptedException | RejectedExecutionException e) {
      closed = true;
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    closed = true;
    for (Held h = held.poll(); h != null; h = held.poll()) {
      h.frame().release();
      h.promise().tryFailure(new ClosedChannelException());
    }
    LockSupport.unpark(courier);
  }
}
