package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.FrameLimits;
import io.offloadlab.wire.Frames;
import io.offloadlab.wire.LinkEmulator;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.Message.WithId;
import io.offloadlab.wire.Segment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge's end of its connection: does what the cloud asks. */
final class EdgeHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeHandler.class);

  private final String cloud;
  private final ComponentHost host;
  private final WeightCache cache;
  private final LinkEmulator emulator;
  private final CompletableFuture<NodeId> welcomed;
  private final CompletableFuture<Void> ended;
  private final OpenRuns open = new OpenRuns();
  private ChannelHandlerContext context;
  private final GenericFutureListener<Future<? super Void>> closesIfLost =
      sent -> {
        if (!sent.isSuccess()) {
          Sockets.close(context);
        }
      };
  private int maxPayloadBytes;
  private String reason = "the connection was closed";

  /**
   * @param cloud its address
   * @param welcomed completed with this edge's number, or why there is none
   * @param ended completed at the goodbye, or with what ended it before
   */
  EdgeHandler(
      String cloud,
      ComponentHost host,
      WeightCache cache,
      LinkEmulator emulator,
      CompletableFuture<NodeId> welcomed,
      CompletableFuture<Void> ended) {
    this.cloud = cloud;
    this.host = host;
    this.cache = cache;
    this.emulator = emulator;
    this.welcomed = welcomed;
    this.ended = ended;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    Message message = (Message) msg;
    if (message instanceof Message.Reject reject) {
      fail("the cloud at %s refuses this edge: %s".formatted(cloud, reject.reason()));
    } else if (message instanceof Message.Welcome welcome && !welcomed.isDone()) {
      begin(welcome);
    } else if (!welcomed.isDone()) {
      message.release();
      fail("what answers at %s is no OffloadLab cloud".formatted(cloud));
    } else if (message instanceof Message.Run run) {
      run(run);
    } else if (message instanceof Message.Next next) {
      open.tell(next);
    } else if (message instanceof Message.Heartbeat heartbeat) {
      long received = System.nanoTime();
      send(new Message.HeartbeatReply(heartbeat.sentNanos(), received, System.nanoTime()));
    } else if (message instanceof Message.Relink relink) {
      emulate(relink.link());
    } else if (message instanceof Message.Probe probe) {
      probe(probe);
    } else if (message instanceof Message.Goodbye) {
      ended.complete(null);
      Sockets.close(ctx);
    } else {
      manage(message);
    }
  }

  private void begin(Message.Welcome welcome) {
    maxPayloadBytes = welcome.maxPayloadBytes();
    Frames.accept(
        context.pipeline(), new FrameLimits(FrameLimits.DEFAULT.maxFieldBytes(), maxPayloadBytes));
    context
        .pipeline()
        .replace(
            IdleStateHandler.class,
            "silence",
            new IdleStateHandler(welcome.silenceMillis(), 0, 0, TimeUnit.MILLISECONDS));
    emulate(welcome.link());
    host.computeThread().emulate(welcome.speedFactor());
    LOG.info("connected to the cloud at {} as edge {}", cloud, welcome.index());
    welcomed.complete(NodeId.edge(welcome.index()));
  }

  private void emulate(LinkSpec link) {
    emulator.emulate(link.upBytesPerSecond(), link.rttSeconds() / 2);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The end of the chain tells what went wrong.
  private void manage(Message message) {
    if (message instanceof Message.Weights weights) {
      host.beforeLoading(
              () -> {
                cache.put(weights.sha256(), weights.payload());
                return null;
              })
          .whenComplete(
              (done, failure) -> {
                weights.release();
                if (failure != null) {
                  LOG.warn("{}", Failures.cause(failure).getMessage());
                }
              });
    } else if (message instanceof Message.Offer offer) {
      answer(
          offer,
          host.beforeLoading(() -> offer.sha256().stream().filter(h -> !cache.has(h)).toList()),
          missing -> new Message.Missing(offer.id(), missing));
    } else if (message instanceof Message.Hold hold) {
      answer(hold, host.hold(hold, p -> cache.get(p.sha256())), held -> held);
    } else if (message instanceof Message.Measure measure) {
      answer(measure, host.measure(measure), times -> new Message.Measured(measure.id(), times));
    } else {
      message.release();
      fail(
          "the cloud at %s sent %s out of turn"
              .formatted(cloud, message.getClass().getSimpleName()));
    }
  }

  private void run(Message.Run run) {
    long received = System.nanoTime();
    if (run.open()) {
      OpenRuns.OpenRun told = open.begin(run, entropies -> reached(run, entropies));
      answer(
          run,
          host.compute(told.agenda(), run.tensor(), received, 0)
              .whenComplete((done, failure) -> open.end(run.id())),
          done -> new Message.Ran(run.id(), told.stays(), done.segment(), done.tensor()));
    } else if (run.steps().isEmpty()) {
      send(new Message.Ran(run.id(), run.stays(), Segment.passing(received), run.tensor()));
    } else {
      answer(
          run,
          host.compute(Agenda.of(run.steps(), run.ends()), run.tensor(), received, 0),
          done -> new Message.Ran(run.id(), run.stays(), done.segment(), done.tensor()));
    }
  }

  /** What an exit says of the samples the cloud cannot foretell. */
  private void reached(Message.Run run, List<Double> entropies) {
    if (run.reports() || !entropies.isEmpty()) {
      send(new Message.Reached(run.id(), entropies));
    }
  }

  private void probe(Message.Probe probe) {
    probe.release();
    if (probe.replyBytes() > maxPayloadBytes) {
      send(new Message.Failure(probe.id(), "an answer so large is over the frame limit"));
      return;
    }
    ByteBuf reply = context.alloc().directBuffer(probe.replyBytes());
    send(new Message.Probed(probe.id(), reply.writeZero(probe.replyBytes())));
  }

  private <T> void answer(WithId request, CompletableFuture<T> work, Function<T, Message> answer) {
    var unused =
        work.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                send(answer.apply(done));
                return;
              }
              Throwable cause = Failures.cause(failure);
              if (!(cause instanceof RunFailure)) {
                LOG.error("{} failed", request.getClass().getSimpleName(), cause);
              }
              send(new Message.Failure(request.id(), String.valueOf(cause.getMessage())));
            });
  }

  /** From any thread. A connection that cannot be written to is lost, and shows as that. */
  private void send(Message message) {
    context.channel().writeAndFlush(message).addListener(closesIfLost);
  }

  private void fail(String why) {
    reason = why;
    RunFailure failure = new RunFailure(why);
    open.abandon(failure);
    welcomed.completeExceptionally(failure);
    ended.completeExceptionally(failure);
    Sockets.close(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail("the cloud at %s is lost: %s".formatted(cloud, cause.getMessage()));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      fail("the cloud at %s is gone: nothing comes from it any more".formatted(cloud));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail("the cloud at %s is gone: %s".formatted(cloud, reason));
  }
}
