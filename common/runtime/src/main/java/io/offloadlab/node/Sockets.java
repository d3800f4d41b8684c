package io.offloadlab.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.offloadlab.failure.RunFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The event loop of a node: one thread serves all its connections. On Linux it waits with epoll,
 * where its natives can be loaded; elsewhere with NIO, which does the same with more calls.
 */
final class Sockets {
  private static final int CLOSE_SECONDS = 5;

  private static final boolean NATIVE = Epoll.isAvailable();

  static {
    // A sampled stack trace for every hundredth buffer; the tests look at each of them.
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private Sockets() {}

  static EventLoopGroup eventLoops(String name) {
    return new MultiThreadIoEventLoopGroup(
        1,
        new DefaultThreadFactory(name + " sockets", true),
        NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /**
   * Listens.
   *
   * @param accept sets a new connection's pipeline up
   * @throws RunFailure if that is not possible there
   */
  static Channel listen(
      EventLoopGroup group, String host, int port, Consumer<SocketChannel> accept) {
    requireKnown(host);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NATIVE ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer(accept))
            .bind(new InetSocketAddress(host, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "port %d on '%s' cannot be listened on (%s): choose another, or stop what listens there",
              port,
              host,
              bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  /**
   * Looks a host up.
   *
   * @throws RunFailure if nobody knows it
   */
  static void requireKnown(String host) {
    if (new InetSocketAddress(host, 1).isUnresolved()) {
      throw new RunFailure(
          "the host '%s' of --ip is not known: give a name that can be looked up, or an address such as 127.0.0.1"
              .formatted(host));
    }
  }

  /**
   * Tries once to connect.
   *
   * @param accept sets the connection's pipeline up
   */
  static ChannelFuture connect(
      EventLoopGroup group,
      String host,
      int port,
      Duration within,
      Consumer<SocketChannel> accept) {
    return new Bootstrap()
        .group(group)
        .channel(NATIVE ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(within.toMillis()))
        .handler(initializer(accept))
        .connect(new InetSocketAddress(host, port))
        .awaitUninterruptibly();
  }

  private static ChannelInitializer<SocketChannel> initializer(Consumer<SocketChannel> accept) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        accept.accept(channel);
      }
    };
  }

  /** Closes one connection. */
  @SuppressWarnings("FutureReturnValueIgnored") // That it is closed shows in channelInactive.
  static void close(ChannelOutboundInvoker connection) {
    connection.close();
  }

  /**
   * Ends a connection once its last word has been sent: first the sending half, then all of it when
   * the peer has ended its own or some seconds have passed. What still comes is the caller's to
   * discard. A connection that is closed while bytes of the peer lie unread is reset, and the peer
   * may lose what it was told.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // That it is closed shows in channelInactive.
  static void closeAfter(ChannelHandlerContext connection, ChannelFuture lastWord) {
    lastWord.addListener(sent -> ((SocketChannel) connection.channel()).shutdownOutput());
    connection.executor().schedule(() -> close(connection), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Closes every connection, and waits until the thread has ended. */
  static void close(EventLoopGroup group) {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
