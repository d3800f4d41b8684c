package io.offloadlab.node;

import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The event loop of a node: one thread serves all its connections. */
final class Sockets {
  private static final int CLOSE_SECONDS = 5;

  private Sockets() {}

  static EventLoopGroup eventLoops(String name) {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory(name + " sockets", true), NioIoHandler.newFactory());
  }

  /** Closes one connection. */
  @SuppressWarnings("FutureReturnValueIgnored") // That it is closed shows in channelInactive.
  static void close(ChannelOutboundInvoker connection) {
    connection.close();
  }

  /** Closes every connection, and waits until the thread has ended. */
  static void close(EventLoopGroup group) {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
