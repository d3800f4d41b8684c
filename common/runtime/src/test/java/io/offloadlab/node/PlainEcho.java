package io.offloadlab.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * The least that sending bytes there and others back takes on a Netty connection of the same kind:
 * no frames, no messages, one event loop on each side. Knows nothing of this project.
 */
final class PlainEcho implements AutoCloseable {
  private final EventLoopGroup serverLoop = Sockets.eventLoops("echo server");
  private final EventLoopGroup clientLoop = Sockets.eventLoops("echo client");
  private final Channel client;
  private volatile int request;
  private volatile int reply;
  private volatile CompletableFuture<Long> done;

  PlainEcho() {
    Channel server =
        new ServerBootstrap()
            .group(serverLoop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer(new Server()))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    client =
        new Bootstrap()
            .group(clientLoop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(initializer(new Client()))
            .connect(server.localAddress())
            .syncUninterruptibly()
            .channel();
  }

  private static ChannelInitializer<SocketChannel> initializer(
      SimpleChannelInboundHandler<ByteBuf> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(handler);
      }
    };
  }

  /** Milliseconds from sending {@code there} bytes to the last of {@code back} bytes. */
  double exchangeMs(ByteBuf there, int back) {
    request = there.readableBytes();
    reply = back;
    done = new CompletableFuture<>();
    long start = System.nanoTime();
    client.writeAndFlush(there.retainedDuplicate()).addListener(sent -> sent.getNow());
    return (done.join() - start) / 1e6;
  }

  private final class Server extends SimpleChannelInboundHandler<ByteBuf> {
    private int received;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      received += bytes.readableBytes();
      if (received == request) {
        received = 0;
        ctx.writeAndFlush(Unpooled.directBuffer(reply).writerIndex(reply))
            .addListener(sent -> sent.getNow());
      }
    }
  }

  private final class Client extends SimpleChannelInboundHandler<ByteBuf> {
    private int received;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      received += bytes.readableBytes();
      if (received == reply) {
        received = 0;
        done.complete(System.nanoTime());
      }
    }
  }

  @Override
  public void close() {
    Sockets.close(clientLoop);
    Sockets.close(serverLoop);
  }
}
