package io.offloadlab.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Frames;
import io.offloadlab.wire.LinkEmulator;
import io.offloadlab.wire.Message.Hello;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An edge: connects to a cloud, holds the components it is told to, and runs them. */
public final class EdgeNode implements AutoCloseable {
  private static final long RETRY_MILLIS = 200;

  /** How long a cloud may take to answer the hello. */
  private static final long HANDSHAKE_SECONDS = 10;

  private final EdgeSettings settings;
  private final ComponentHost host;
  private final EventLoopGroup group;
  private Channel channel;
  private final CompletableFuture<NodeId> welcomed = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private EdgeNode(EdgeSettings settings) {
    this.settings = settings;
    this.host =
        new ComponentHost(
            settings.name(), settings.engine(), settings.device(), settings.threads());
    this.group = Sockets.eventLoops(settings.name());
  }

  /**
   * Connects to the cloud and serves it in the background from then on.
   *
   * @throws RunFailure if no cloud answers in time, or it refuses this edge
   */
  public static EdgeNode start(EdgeSettings settings) {
    EdgeNode node = new EdgeNode(settings);
    try {
      node.connect();
      Failures.join(node.welcomed);
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void connect() {
    Sockets.requireKnown(settings.host());
    MeasuredMachine machine = MeasuredMachine.measure(host.engine());
    long deadline = System.nanoTime() + settings.connectWithin().toNanos();
    while (true) {
      ChannelFuture attempt =
          Sockets.connect(
              group, settings.host(), settings.port(), settings.connectWithin(), this::handle);
      if (attempt.isSuccess()) {
        channel = attempt.channel();
        greet(machine);
        return;
      }
      if (deadline - System.nanoTime() < TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS)) {
        throw new RunFailure(
            String.format(
                Locale.ROOT,
                "no cloud answers at %s within %d s (%s): start it first, and check host and port",
                address(),
                settings.connectWithin().toSeconds(),
                attempt.cause().getMessage()),
            attempt.cause());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted while connecting to the cloud", e);
    }
  }

  private void handle(SocketChannel channel) {
    channel.pipeline().addLast(new IdleStateHandler(HANDSHAKE_SECONDS, 0, 0, TimeUnit.SECONDS));
    LinkEmulator emulator = Frames.install(channel.pipeline());
    WeightCache cache = new WeightCache(settings.cache());
    channel.pipeline().addLast(new EdgeHandler(address(), host, cache, emulator, welcomed, ended));
  }

  private void greet(MeasuredMachine machine) {
    channel
        .writeAndFlush(
            new Hello(
                settings.name(), machine.cores(), machine.memoryBytes(), machine.flopsPerSecond()))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                Sockets.close(channel);
              }
            });
  }

  private String address() {
    return String.format(Locale.ROOT, "%s:%d", settings.host(), settings.port());
  }

  /** Which edge this is, as the cloud numbers them. */
  public NodeId id() {
    return welcomed.join();
  }

  /**
   * Serves until the cloud says goodbye.
   *
   * @throws RunFailure if the cloud is gone without a goodbye
   */
  public void serve() {
    Failures.join(ended);
  }

  /** Closes the connection and releases what is held. */
  @Override
  public void close() {
    ended.complete(null);
    if (channel != null) {
      channel.close().awaitUninterruptibly();
    }
    // Computing ends while there is still an event loop that can give its tensors back.
    host.drain();
    Sockets.close(group);
    host.close();
  }
}
