package io.offloadlab.node;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.wire.Frames;
import io.offloadlab.wire.LinkEmulator;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.Message.Hello;
import io.offloadlab.wire.WireException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cloud's end of one connection: handshake, heartbeats, and answers to their requests. */
final class CloudHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(CloudHandler.class);

  /** Heartbeats that follow one another at once at the start, so that the clocks are known. */
  private static final int FIRST_HEARTBEATS = 8;

  private final CloudSettings settings;
  private final EdgeRegistry registry;
  private final LinkEmulator emulator;
  private final Consumer<RemoteEdge> onBeat;
  private RemoteEdge edge;
  private ScheduledFuture<?> heart;
  private String reason = "the connection was closed";
  private boolean refused;

  CloudHandler(
      CloudSettings settings,
      EdgeRegistry registry,
      LinkEmulator emulator,
      Consumer<RemoteEdge> onBeat) {
    this.settings = settings;
    this.registry = registry;
    this.emulator = emulator;
    this.onBeat = onBeat;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    Message message = (Message) msg;
    if (refused) {
      message.release();
    } else if (edge == null && message instanceof Hello hello) {
      welcome(ctx, hello);
    } else if (edge != null && message instanceof Message.HeartbeatReply reply) {
      edge.clock()
          .heartbeat(
              reply.sentNanos(), reply.receivedNanos(), reply.repliedNanos(), System.nanoTime());
      if (edge.clock().samples() < FIRST_HEARTBEATS) {
        beat();
      }
    } else if (edge != null && message instanceof Message.Reached report) {
      edge.reached(report);
    } else if (edge != null && message instanceof Message.WithId answer) {
      edge.answered(answer);
    } else {
      message.release();
      close(ctx, "it sent %s out of turn".formatted(message.getClass().getSimpleName()));
    }
  }

  private void welcome(ChannelHandlerContext ctx, Hello hello) {
    CloudSettings.Timing timing = settings.timing();
    int maxPayload = settings.limits().maxPayloadBytes();
    try {
      edge =
          registry.join(
              hello,
              ctx.channel(),
              (id, h, channel) -> new RemoteEdge(id, h, channel, timing.request(), maxPayload));
    } catch (RunFailure e) {
      reject(ctx, e.getMessage());
      return;
    }
    Scenario scenario = settings.scenario();
    NodeId id = edge.id();
    LinkSpec link = scenario.links().get(id.index() - 1);
    Frames.accept(ctx.pipeline(), settings.limits());
    emulator.emulate(link.downBytesPerSecond(), link.rttSeconds() / 2);
    edge.tell(
        new Message.Welcome(
            id.index(),
            scenario.nodes().get(id.index()).speedFactor(),
            link,
            Math.toIntExact(timing.heartbeat().toMillis()),
            Math.toIntExact(timing.silence().toMillis()),
            maxPayload));
    LOG.info(
        "{} from {}: {} cores, {} MiB, {} GFLOP/s",
        edge,
        ctx.channel().remoteAddress(),
        hello.cores(),
        hello.memoryBytes() >> 20,
        Math.round(hello.flopsPerSecond() / 1e9));
    heart =
        ctx.executor()
            .scheduleAtFixedRate(this::beat, 0, timing.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
    registry.ready();
  }

  private void beat() {
    edge.expire();
    edge.tell(new Message.Heartbeat(System.nanoTime()));
    onBeat.accept(edge);
  }

  private void reject(ChannelHandlerContext ctx, String why) {
    LOG.warn("refused {}: {}", ctx.channel().remoteAddress(), why);
    refused = true;
    reason = why;
    Sockets.closeAfter(ctx, ctx.writeAndFlush(new Message.Reject(why)));
  }

  private void close(ChannelHandlerContext ctx, String why) {
    reason = why;
    if (edge != null || refused) {
      Sockets.close(ctx);
      return;
    }
    LOG.warn("closed the connection from {}: {}", ctx.channel().remoteAddress(), why);
    refused = true;
    Sockets.closeAfter(ctx, ctx.newSucceededFuture());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof WireException wire && wire.isOtherVersion() && edge == null && !refused) {
      reject(ctx, wire.getMessage());
    } else {
      close(ctx, String.valueOf(cause.getMessage()));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      close(
          ctx,
          String.format(
              Locale.ROOT, "nothing came for %d s", settings.timing().silence().toSeconds()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (heart != null) {
      heart.cancel(false);
    }
    if (edge != null) {
      registry.left(edge, reason);
    }
  }
}
